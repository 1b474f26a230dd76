//! What can be wrong with SAL input.

use std::path::{Path, PathBuf};

use crate::error::{Explain, Kind};
use crate::formats::avro::AvroError;

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
    /// A file of interfaces is not read, whatever is in it.
    #[error("cannot read {}: {what}", path.display())]
    LeftOut {
        /// The file.
        path: PathBuf,
        /// Why not.
        what: String,
    },
    /// An archive of interfaces cannot be read as a whole.
    #[error("cannot read {}: {what}", path.display())]
    Archive {
        /// The archive.
        path: PathBuf,
        /// Why not.
        what: String,
    },
    /// The file is no archive that can be read.
    #[error("cannot read {}: it is neither a .tar.gz nor a .zip", .0.display())]
    NoArchive(PathBuf),
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
    /// A schema cannot be compiled into a writer.
    #[error(transparent)]
    Plan(AvroError),
    /// A text message does not have the outer form of one.
    #[error("cannot read the SAL message `{text}`: {why}")]
    Message {
        /// What is wrong.
        why: &'static str,
        /// Its start.
        text: String,
    },
    /// A text message belongs to another topic than its reader.
    #[error("cannot read a SAL message of `{topic}` as one of `{expected}`")]
    OtherTopic {
        /// The message's topic.
        topic: String,
        /// The reader's topic.
        expected: String,
    },
    /// A value cannot be written as an item of a text message.
    #[error("cannot write a SAL message of `{topic}`: field `{field}`: {what}")]
    Value {
        /// The topic.
        topic: String,
        /// The field.
        field: String,
        /// What is wrong with its value.
        what: String,
    },
    /// An item of a text message is wrong.
    #[error("cannot read a SAL message of `{topic}`: {}", place(.field, *.item, .value, .why))]
    Item {
        /// The topic.
        topic: String,
        /// The field the item would become; empty past the last.
        field: String,
        /// The item's number in the message, from 1: the revision code is item 1.
        item: usize,
        /// The item's text.
        value: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

fn place(field: &str, item: usize, value: &str, why: &str) -> String {
    let value =
        if value.is_empty() && why == "is missing" { "it".into() } else { format!("`{value}`") };
    match field {
        "" => format!("after the last item: {value} {why}"),
        field => format!("item {item} (field `{field}`): {value} {why}"),
    }
}

impl SalError {
    /// The file of interfaces that is wrong, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            SalError::Read { path, .. }
            | SalError::Xml { path, .. }
            | SalError::LeftOut { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The line of that file, from 1, as far as it is one line.
    pub fn line(&self) -> Option<usize> {
        match self {
            SalError::Xml { line, .. } => Some(*line),
            _ => None,
        }
    }
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
            _ => Kind::Invalid,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            SalError::NoInterfaces(_) | SalError::Read { .. } if self.kind() == Kind::NotFound => Some(
                "name the folder or the archive that holds `sal_interfaces`, or that folder itself"
                    .into(),
            ),
            SalError::NoComponent { nearest: Some(nearest), .. }
            | SalError::NoTopic { nearest: Some(nearest), .. } => {
                Some(format!("did you mean `{nearest}`?"))
            }
            SalError::NoComponent { .. } => {
                Some("list the components: kafkaefd salschema list".into())
            }
            SalError::NoTopic { .. } => Some(
                "list the topics of a component: kafkaefd salschema list COMPONENT".into(),
            ),
            SalError::NoArchive(_) => Some(
                "pack the folder as one of them, or unpack the file and name the folder".into(),
            ),
            SalError::Archive { .. } => Some(
                "get the archive again; of what is in it only `sal_interfaces` is needed".into(),
            ),
            SalError::NoLayout(_) => Some("the layouts are `kafkaefd` and `ts_xml`".into()),
            _ => None,
        }
    }
}
