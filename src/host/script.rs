//! The text of a script, its name in messages, and where its imports are looked for.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::bundle;
use crate::error::{Failure, Kind};

/// How the names of scripts start that are part of the binary.
pub const BUNDLED: &str = "bundled:";

/// Where the imports of a script are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A folder on disk.
    Folder(PathBuf),
    /// A folder of the bundled scripts (`admin/topics`).
    Bundle(String),
}

/// A script as text, before it is compiled.
#[derive(Debug, Clone)]
pub struct Script {
    /// What messages call it: its path, `<stdin>`, or `bundled:admin/topics/list.rhai`.
    pub name: String,
    /// The source, with its shebang.
    pub text: String,
    /// Where its imports are looked for.
    pub root: Root,
}

impl Script {
    /// Reads the script at `path`; `-` is standard input, whose imports start in the current folder.
    pub fn read(path: &Path) -> Result<Script, Failure> {
        if path == Path::new("-") {
            return Script::stdin();
        }
        let name = path.display().to_string();
        let text = std::fs::read(path).map_err(|error| cannot_read(&name, &error))?;
        let text = String::from_utf8(text).map_err(|_| not_text(&name))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let root = Root::Folder(folder.unwrap_or(Path::new(".")).to_owned());
        Ok(Script { name, text, root })
    }

    /// The bundled script at `path` (`admin/topics/list.rhai`).
    pub fn bundled(path: &str) -> Result<Script, Failure> {
        let text = bundle::script(path).ok_or_else(|| {
            Failure::new(
                Kind::NotFound,
                format!("cannot read bundled script `{path}`: no such script"),
            )
        })?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let root = Root::Bundle(folder.to_owned());
        Ok(Script { name: format!("{BUNDLED}{path}"), text: text.to_owned(), root })
    }

    /// Whether it is part of the binary, and so trusted.
    pub fn is_bundled(&self) -> bool {
        matches!(self.root, Root::Bundle(_))
    }

    fn stdin() -> Result<Script, Failure> {
        let (name, mut text) = ("<stdin>".to_owned(), Vec::new());
        std::io::stdin().read_to_end(&mut text).map_err(|error| cannot_read(&name, &error))?;
        let text = String::from_utf8(text).map_err(|_| not_text(&name))?;
        Ok(Script { name, text, root: Root::Folder(".".into()) })
    }
}

/// The source with its first line blank if that is a shebang, so that lines keep their numbers.
pub fn without_shebang(text: &str) -> &str {
    match text.find('\n') {
        Some(end) if text.starts_with("#!") => &text[end..],
        None if text.starts_with("#!") => "",
        _ => text,
    }
}

fn cannot_read(name: &str, error: &std::io::Error) -> Failure {
    let kind = match error.kind() {
        std::io::ErrorKind::NotFound => Kind::NotFound,
        _ => Kind::Failed,
    };
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(kind, format!("cannot read script `{name}`: {why}"))
}

fn not_text(name: &str) -> Failure {
    Failure::new(Kind::Invalid, format!("cannot read script `{name}`: it is not UTF-8 text"))
}
