//! The repository names no machine.

use super::source::files;

#[test]
fn no_file_names_a_folder_of_one_machine() {
    // In two parts, or this file would be the first to be found.
    let folders = [("/ro", "ot/"), ("/ho", "me/"), ("/wo", "rk/"), ("/Us", "ers/")];
    let folders = folders.map(|(start, end)| format!("{start}{end}"));
    let mut found = Vec::new();
    for file in files(".", &[]) {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(folder) = folders.iter().find(|folder| line.contains(folder.as_str())) {
                found.push(format!("{}:{}: {folder}", file.path, number + 1));
            }
        }
    }
    assert!(found.is_empty(), "paths of one machine:\n{}", found.join("\n"));
}
