//! A record as all clients see it.

use serde::{Deserialize, Serialize};

/// A record with text in it. Written, `partition` and `timestamp` may be left to the client.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Record {
    pub partition: Option<i32>,
    #[serde(default, skip_serializing)]
    pub offset: i64,
    /// Milliseconds since 1970.
    pub timestamp: Option<i64>,
    pub key: Option<String>,
    pub value: Option<String>,
    pub headers: Vec<(String, Option<String>)>,
}

impl Record {
    pub fn new(key: &str, value: &str) -> Record {
        let (key, value) = (Some(key.to_owned()), Some(value.to_owned()));
        Record { key, value, ..Record::default() }
    }

    /// `count` records, each with a key of its own.
    pub fn many(count: usize) -> Vec<Record> {
        (0..count).map(|i| Record::new(&format!("key-{i:03}"), &format!("value-{i:03}"))).collect()
    }

    pub fn header(mut self, name: &str, value: &str) -> Record {
        self.headers.push((name.to_owned(), Some(value.to_owned())));
        self
    }

    pub fn at(mut self, timestamp: i64) -> Record {
        self.timestamp = Some(timestamp);
        self
    }

    /// What its writer chose: not where it went, nor when.
    pub fn content(&self) -> Record {
        Record { partition: None, offset: 0, timestamp: None, ..self.clone() }
    }
}

/// What was written in `records`, in the order in which it was read.
pub fn contents(records: &[Record]) -> Vec<Record> {
    records.iter().map(Record::content).collect()
}

/// The values of `records`.
pub fn values(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.value.as_deref().unwrap_or("null")).collect()
}
