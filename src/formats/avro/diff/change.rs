//! One difference between two schemas.

use std::fmt;

use serde_json::Value as Json;

/// What became of a part of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A field is new.
    Added,
    /// A field is gone.
    Removed,
    /// A field or a named type has another name.
    Renamed,
    /// It has another type.
    Retyped,
    /// A field has another place among those that stay.
    Moved,
    /// An attribute is new: `doc`, `default`, `units`.
    Gained(String),
    /// An attribute is gone.
    Lost(String),
    /// An attribute has another value.
    Changed(String),
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Added => f.write_str("added"),
            What::Removed => f.write_str("removed"),
            What::Renamed => f.write_str("renamed"),
            What::Retyped => f.write_str("retyped"),
            What::Moved => f.write_str("moved"),
            What::Gained(name) => write!(f, "{name} added"),
            What::Lost(name) => write!(f, "{name} removed"),
            What::Changed(name) => write!(f, "{name} changed"),
        }
    }
}

/// One difference between an old and a new schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where: `position.x`, `readings[].temp` in the items of an array, `tags{}` for the values of
    /// a map; `.` is the schema itself. A field that was renamed has its new name.
    pub path: String,
    /// What became of it.
    pub what: What,
    /// What was there: a name, a type in words, a place from 1 up, the value of an attribute.
    pub old: Option<Json>,
    /// What is there now.
    pub new: Option<Json>,
}

/// The changes so far.
#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    pub(super) fn push(&mut self, path: &str, what: What, old: Option<Json>, new: Option<Json>) {
        let path = if path.is_empty() { "." } else { path }.to_owned();
        self.0.push(Change { path, what, old, new });
    }

    /// Notes the attribute `name` if it differs.
    pub(super) fn attribute(
        &mut self,
        path: &str,
        name: &str,
        old: Option<Json>,
        new: Option<Json>,
    ) {
        let what = match (&old, &new) {
            _ if old == new => return,
            (None, _) => What::Gained(name.to_owned()),
            (_, None) => What::Lost(name.to_owned()),
            _ => What::Changed(name.to_owned()),
        };
        self.push(path, what, old, new);
    }
}
