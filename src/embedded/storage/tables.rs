//! What the journal says: values by table and key.

use std::collections::BTreeMap;

use super::changes::Change;

/// The values of all tables, as JSON.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tables: BTreeMap<String, BTreeMap<String, Box<str>>>,
    /// How many bytes keys and values have.
    pub(super) size: u64,
}

impl Tables {
    /// Whether `change` would change anything.
    pub(super) fn lacks(&self, change: &Change) -> bool {
        let known = self.tables.get(&change.table).and_then(|table| table.get(&change.key));
        match &change.value {
            None => known.is_some(),
            Some(value) => known.is_none_or(|known| **known != *value.to_string()),
        }
    }

    /// Makes `change`.
    pub(super) fn apply(&mut self, change: Change) {
        let Change { table, key, value } = change;
        let width = key.len();
        let table = self.tables.entry(table).or_default();
        let before = match value {
            Some(value) => {
                let value = value.to_string().into_boxed_str();
                self.size += (width + value.len()) as u64;
                table.insert(key, value)
            }
            None => table.remove(&key),
        };
        self.size -= before.map_or(0, |before| width + before.len()) as u64;
    }

    /// The keys of `table` with their values, in the order of the keys.
    pub(super) fn all(&self, table: &str) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.tables.get(table).into_iter().flatten();
        rows.map(|(key, value)| (key.as_str(), &**value))
    }

    /// What would make these tables out of none.
    pub(super) fn changes(&self) -> impl Iterator<Item = Change> {
        let rows =
            self.tables.iter().flat_map(|(table, rows)| rows.iter().map(move |r| (table, r)));
        rows.map(|(table, (key, value))| Change {
            table: table.clone(),
            key: key.clone(),
            value: serde_json::from_str(value).ok(),
        })
    }
}
