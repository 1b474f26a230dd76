//! The names that a script's text declares: enough for "did you mean", without a parser.

/// Names by what they are.
#[derive(Debug, Default)]
pub struct Names<'a> {
    /// After `fn`, with the parameters of each.
    functions: Vec<(&'a str, Vec<&'a str>)>,
    /// After `const`.
    pub constants: Vec<&'a str>,
    /// After `let` or `for`.
    pub variables: Vec<&'a str>,
    /// Between the parentheses after `fn`.
    pub parameters: Vec<&'a str>,
}

impl<'a> Names<'a> {
    /// The names in `source`.
    pub fn of(source: &'a str) -> Names<'a> {
        let mut names = Names::default();
        for line in source.lines() {
            names.add(line);
        }
        names
    }

    /// The names of all functions.
    pub fn functions(&self) -> impl Iterator<Item = &'a str> {
        self.functions.iter().map(|(name, _)| *name)
    }

    /// Each function called `name` with its parameters: `area(width, height)`.
    pub fn signatures(&self, name: &str) -> impl Iterator<Item = String> {
        let same = self.functions.iter().filter(move |(own, _)| *own == name);
        same.map(|(name, parameters)| format!("{name}({})", parameters.join(", ")))
    }

    fn add(&mut self, line: &'a str) {
        let words = words(line);
        for (index, word) in words.iter().enumerate() {
            let Some(next) = words.get(index + 1).copied() else { continue };
            match *word {
                "const" => self.constants.push(next),
                "let" | "for" => self.variables.push(next),
                "fn" => {
                    let parameters = parameters(line);
                    self.parameters.extend(&parameters);
                    self.functions.push((next, parameters));
                }
                _ => {}
            }
        }
    }
}

/// The text with a small first letter, unless it starts with a name in capitals.
pub fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

fn words(text: &str) -> Vec<&str> {
    let other = |letter: char| !letter.is_alphanumeric() && letter != '_';
    text.split(other).filter(|word| !word.is_empty()).collect()
}

fn parameters(line: &str) -> Vec<&str> {
    let list = line.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    list.map(|(list, _)| words(list)).unwrap_or_default()
}
