//! What the broker keeps over a restart, if it keeps anything.

use std::sync::Arc;

use kafka_protocol::ResponseError;
use serde::de::DeserializeOwned;

use crate::embedded::storage::{Changes, Storage, StorageError};

/// The folder of `--data`, or nothing: then everything is gone with the broker.
#[derive(Debug, Clone, Default)]
pub struct Disk(Option<Arc<Storage>>);

impl Disk {
    /// What keeps data in `storage`.
    pub fn new(storage: Option<Arc<Storage>>) -> Disk {
        Disk(storage)
    }

    /// The folder, if there is one.
    pub fn storage(&self) -> Option<&Arc<Storage>> {
        self.0.as_ref()
    }

    /// Keeps what `changes` adds to no changes at all. Where nothing is kept, it is not asked.
    pub fn save(&self, changes: impl FnOnce(Changes) -> Changes) -> Result<(), ResponseError> {
        let Some(storage) = &self.0 else {
            return Ok(());
        };
        storage.write(changes(Changes::new())).map_err(|error| failed(&error))
    }

    /// All values of `table` by key; none where nothing is kept.
    pub fn all<T: DeserializeOwned>(&self, table: &str) -> Result<Vec<(String, T)>, StorageError> {
        self.0.as_ref().map_or_else(|| Ok(Vec::new()), |storage| storage.all(table))
    }
}

/// What a client is told of `error`; the log says more.
pub fn failed(error: &StorageError) -> ResponseError {
    tracing::error!(%error, "the embedded broker cannot keep its data");
    ResponseError::KafkaStorageError
}

/// How a coordinator says that it could not keep something, so that clients try again.
pub fn coordinators(error: ResponseError) -> ResponseError {
    match error {
        ResponseError::KafkaStorageError => ResponseError::CoordinatorNotAvailable,
        other => other,
    }
}
