//! What can be wrong with SAL input.

use std::path::PathBuf;

use crate::error::{Explain, Kind};

/// What can be wrong with SAL input: an interface file, a layout, a text message.
#[derive(Debug, thiserror::Error)]
pub enum SalError {
    /// A file or folder of interfaces cannot be read at all.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// An interface file is not what it should be.
    #[error("cannot read {}:{line}: {what}", path.display())]
    Xml {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// The folder holds no interfaces.
    #[error("cannot find SAL interfaces in {}: no `<Component>/<Component>_*.xml` there", .0.display())]
    NoInterfaces(PathBuf),
    /// The interfaces do not define that component.
    #[error("cannot find the component `{name}` in {}", root.display())]
    NoComponent {
        /// The name that was asked for.
        name: String,
        /// Where it was looked for.
        root: PathBuf,
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// The interfaces define no such topic.
    #[error("cannot find the topic `{name}` in {}", root.display())]
    NoTopic {
        /// The name that was asked for.
        name: String,
        /// Where it was looked for.
        root: PathBuf,
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// No layout has this name.
    #[error("unknown layout `{0}`")]
    NoLayout(String),
    /// A topic cannot be laid out as an Avro record.
    #[error("cannot lay out the topic `{topic}`: {what}")]
    Layout {
        /// The topic.
        topic: String,
        /// Why not.
        what: String,
    },
}

impl Explain for SalError {
    fn kind(&self) -> Kind {
        match self {
            SalError::Read { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                Kind::NotFound
            }
            SalError::Read { .. } => Kind::Failed,
            SalError::NoInterfaces(_) | SalError::NoComponent { .. } | SalError::NoTopic { .. } => {
                Kind::NotFound
            }
            SalError::NoLayout(_) => Kind::Usage,
            SalError::Xml { .. } | SalError::Layout { .. } => Kind::Invalid,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            SalError::NoInterfaces(_) => {
                Some("name the folder that holds `sal_interfaces`, or that folder itself".into())
            }
            SalError::NoComponent { nearest, .. } | SalError::NoTopic { nearest, .. } => {
                nearest.as_ref().map(|nearest| format!("did you mean `{nearest}`?"))
            }
            SalError::NoLayout(_) => Some("the layouts are `kafkaefd` and `ts_xml`".into()),
            _ => None,
        }
    }
}
