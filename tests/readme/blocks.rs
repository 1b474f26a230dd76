//! The fenced blocks of a Markdown page.

/// A fenced block: its language, its text, and the file that the line `<!-- file: NAME -->` above
/// it says that it is.
pub struct Block {
    pub language: String,
    pub text: String,
    pub file: Option<String>,
}

pub fn readme() -> String {
    page("README.md")
}

/// The text of a page, whose path starts at the top of the repository.
pub fn page(name: &str) -> String {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut open, mut file): (Option<Block>, Option<String>) = (None, None);
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                let (language, file) = (language.to_owned(), file.take());
                open = Some(Block { language, text: String::new(), file });
            }
            (None, None) => {
                let name = line.strip_prefix("<!-- file: ").and_then(|l| l.strip_suffix(" -->"));
                file = name.map(str::to_owned).or(file.take_if(|_| line.is_empty()));
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
        }
    }
    blocks
}
