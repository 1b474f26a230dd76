//! Why the directory of stacks cannot be used.

use std::io;
use std::path::PathBuf;

use super::Entry;
use crate::error::{Explain, Kind};

/// The directory of stacks, or a name in it, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// A file operation failed.
    #[error("cannot keep the list of embedded stacks in {}: {source}", folder.display())]
    Folder {
        /// The folder of the list.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another user could change the list and lead commands to a broker of theirs.
    #[error("cannot keep the list of embedded stacks in {}: others may write there", .0.display())]
    NotOurs(PathBuf),
    /// A name that cannot be a file name.
    #[error("cannot use `{0}` as the name of a stack: letters, digits, `-`, `_` and `.` make one")]
    Name(String),
    /// The name is taken.
    #[error("cannot start stack `{name}`: it runs already{}", details(running.as_ref()))]
    Runs {
        /// The stack's name.
        name: String,
        /// What it says about itself; nothing while it starts.
        running: Option<Entry>,
    },
    /// Nobody runs a stack of that name.
    #[error("cannot join stack `{name}`: it does not run")]
    NotRunning {
        /// The stack's name.
        name: String,
        /// The names of those that run.
        others: Vec<String>,
    },
}

fn details(running: Option<&Entry>) -> String {
    running.map_or(String::new(), |entry| format!(" (pid {}, {})", entry.pid, entry.broker))
}

impl Explain for DirectoryError {
    fn kind(&self) -> Kind {
        match self {
            DirectoryError::Folder { .. } => Kind::Failed,
            DirectoryError::NotOurs(_) => Kind::Denied,
            DirectoryError::Name(_) => Kind::Usage,
            DirectoryError::Runs { .. } => Kind::AlreadyExists,
            DirectoryError::NotRunning { .. } => Kind::NotFound,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            DirectoryError::Folder { .. } => {
                Some("set $XDG_RUNTIME_DIR to a folder of your own".into())
            }
            DirectoryError::NotOurs(folder) => Some(format!(
                "remove {}, or set $XDG_RUNTIME_DIR to a folder of your own",
                folder.display()
            )),
            DirectoryError::Name(_) => None,
            DirectoryError::Runs { name, .. } => {
                let join = if name == "default" { "" } else { " with --stack and its name" };
                Some(format!("commands join it{join}; give another --stack name to start one more"))
            }
            DirectoryError::NotRunning { name, others } => {
                let start = format!("start it with `kafkaefd up --stack {name}`");
                Some(match others.join(", ") {
                    none if none.is_empty() => start,
                    others => format!("{start}, or join one that runs: {others}"),
                })
            }
        }
    }
}
