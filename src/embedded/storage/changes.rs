//! Changes that are made together or not at all.

use serde::Serialize;
use serde_json::Value;

use super::StorageError;

/// One change of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    pub(super) table: String,
    pub(super) key: String,
    /// The new value; none takes the key away.
    pub(super) value: Option<Value>,
}

/// Changes of tables that are made together or not at all; a key is changed once at most.
#[derive(Debug, Default)]
pub struct Changes {
    pub(super) list: Vec<Change>,
    /// Why a value is no JSON.
    pub(super) refused: Option<StorageError>,
}

impl Changes {
    /// No changes yet.
    pub fn new() -> Changes {
        Changes::default()
    }

    /// Gives `key` of `table` the value `value`.
    #[must_use]
    pub fn put<T: Serialize + ?Sized>(mut self, table: &str, key: &str, value: &T) -> Changes {
        match serde_json::to_value(value) {
            Ok(value) => self.push(table, key, Some(value)),
            Err(source) => {
                let (table, key) = (table.to_owned(), key.to_owned());
                self.refused = Some(StorageError::Value { table, key, source });
            }
        }
        self
    }

    /// Takes `key` out of `table`, if it is there.
    #[must_use]
    pub fn delete(mut self, table: &str, key: &str) -> Changes {
        self.push(table, key, None);
        self
    }

    fn push(&mut self, table: &str, key: &str, value: Option<Value>) {
        self.list.push(Change { table: table.to_owned(), key: key.to_owned(), value });
    }
}
