//! Why a folder cannot keep the data of a stack.

use std::io;
use std::path::PathBuf;

use crate::error::{Explain, Kind};

/// A folder cannot keep the data of a stack.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A file operation failed.
    #[error("cannot keep data in {}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is no folder.
    #[error("cannot keep data in {}: it is a file", .0.display())]
    NotAFolder(PathBuf),
    /// The folder has files of something else.
    #[error("cannot keep data in {}: it holds other files", .0.display())]
    NotOurs(PathBuf),
    /// Another process keeps its data there.
    #[error("cannot keep data in {}: another kafkaefd uses it{}", folder.display(), by(*pid))]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// The other process, if it said so.
        pid: Option<u32>,
    },
    /// A later kafkaefd wrote it, or something else.
    #[error("cannot read {}: it begins with `{found}`, not with `{expected}`", path.display())]
    Format {
        /// The journal.
        path: PathBuf,
        /// Its first line.
        found: String,
        /// The first line that is understood.
        expected: &'static str,
    },
    /// Something in the middle of a file is not as it was written.
    #[error("cannot read {}: it is damaged at byte {at}, and goes on behind that", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where the damage begins.
        at: u64,
    },
    /// A value is not what it should be.
    #[error("cannot keep or read `{key}` of `{table}`: {source}")]
    Value {
        /// The table.
        table: String,
        /// The key.
        key: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

fn by(pid: Option<u32>) -> String {
    pid.map_or(String::new(), |pid| format!(" (pid {pid})"))
}

impl Explain for StorageError {
    fn kind(&self) -> Kind {
        match self {
            StorageError::NotAFolder(_) | StorageError::NotOurs(_) => Kind::Usage,
            StorageError::InUse { .. } => Kind::AlreadyExists,
            StorageError::File { source, .. }
                if source.kind() == io::ErrorKind::PermissionDenied =>
            {
                Kind::Denied
            }
            _ => Kind::Failed,
        }
    }

    fn remedy(&self) -> Option<String> {
        Some(match self {
            StorageError::File { .. } => "give --data a folder that may be written".to_owned(),
            StorageError::NotAFolder(_) | StorageError::NotOurs(_) => {
                "give --data a new or an empty folder".to_owned()
            }
            StorageError::InUse { .. } => "stop it, or give another folder".to_owned(),
            StorageError::Format { .. } => {
                "open it with the kafkaefd that wrote it, or give another folder".to_owned()
            }
            StorageError::Damaged { path, at } => format!(
                "take the file from a copy; or lose what follows with `truncate -s {at} {}`",
                path.display()
            ),
            StorageError::Value { .. } => return None,
        })
    }
}
