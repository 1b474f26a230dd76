//! Where the golden data lies: `$KAFKAEFD_GOLDEN`.

use std::path::PathBuf;

use serde_json::Value;

/// The file or folder `name` of the golden data; `None`, said loudly, where there is none.
pub fn path(name: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("KAFKAEFD_GOLDEN") else {
        eprintln!("SKIPPED: $KAFKAEFD_GOLDEN does not name a folder with `{name}`");
        return None;
    };
    Some(PathBuf::from(folder).join(name))
}

/// The lines of the golden file `name`, each a JSON object.
pub fn lines(name: &str) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(path(name)?).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}
