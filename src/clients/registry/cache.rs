//! What never changes in a registry and is asked for again and again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::kind::SchemaType;
use super::version::{Draft, Reference};
use crate::formats::avro::Schema;

/// What makes a schema: its language, its text, what it uses.
type Text = (SchemaType, String, Vec<Reference>);

fn text(draft: &Draft) -> Text {
    (draft.kind, draft.text.clone(), draft.references.clone())
}

/// Schemas by id, ids by subject and text, and the latest schema of subjects that are written to.
#[derive(Default)]
pub(super) struct Cache {
    schemas: Mutex<HashMap<u32, Schema>>,
    ids: Mutex<HashMap<(String, Text), u32>>,
    current: Mutex<HashMap<String, (u32, Schema)>>,
}

impl Cache {
    pub(super) fn schema(&self, id: u32) -> Option<Schema> {
        self.schemas.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    pub(super) fn keep_schema(&self, id: u32, schema: &Schema) {
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        schemas.insert(id, schema.clone());
    }

    pub(super) fn id(&self, subject: &str, draft: &Draft) -> Option<u32> {
        let key = (subject.to_owned(), text(draft));
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied()
    }

    pub(super) fn keep_id(&self, subject: &str, draft: &Draft, id: u32) {
        let key = (subject.to_owned(), text(draft));
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).insert(key, id);
    }

    pub(super) fn current(&self, subject: &str) -> Option<(u32, Schema)> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).get(subject).cloned()
    }

    pub(super) fn keep_current(&self, subject: &str, id: u32, schema: &Schema) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.insert(subject.to_owned(), (id, schema.clone()));
    }

    /// Forgets what is latest in `subject`, whose versions change.
    pub(super) fn forget_current(&self, subject: &str) {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).remove(subject);
    }

    /// Forgets the ids of `subject`, whose versions were deleted.
    pub(super) fn forget(&self, subject: &str) {
        self.forget_current(subject);
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.retain(|(known, _), _| known != subject);
    }
}
