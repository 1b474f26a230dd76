//! Where the values of records come from.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use crate::formats::avro::{Schema, wire};
use crate::load::LoadError;
use crate::load::generator::Generator;
use crate::load::mock::Mock;

/// Where the values of records come from.
#[derive(Clone)]
pub enum Content {
    /// Always this one.
    Fixed(Bytes),
    /// Made up for each record, in Avro with the wire header of the schema, which is registered
    /// under this subject. Others may draw from the same generator.
    Made(Arc<Mutex<Generator>>, String),
    /// Made up for each record, as SAL text. Others may ask the same mock.
    Text(Arc<Mutex<Mock>>),
}

impl Content {
    /// The schema that is to be registered, with its subject; none where values have none.
    pub fn schema(&self) -> Option<(Schema, &str)> {
        match self {
            Content::Fixed(_) | Content::Text(_) => None,
            Content::Made(generator, subject) => {
                Some((locked(generator).schema().clone(), subject))
            }
        }
    }

    /// Appends the next value, made at `now_us` (microseconds since 1970) and with the schema `id`.
    pub fn write(&self, now_us: i64, id: u32, out: &mut Vec<u8>) -> Result<(), LoadError> {
        match self {
            Content::Fixed(value) => out.extend_from_slice(value),
            Content::Made(generator, _) => {
                wire::frame(id, out);
                locked(generator).write(now_us, out)?;
            }
            Content::Text(mock) => {
                out.extend_from_slice(locked(mock).text(now_us, &[])?.as_bytes());
            }
        }
        Ok(())
    }
}

fn locked<T>(source: &Mutex<T>) -> MutexGuard<'_, T> {
    source.lock().unwrap_or_else(PoisonError::into_inner)
}
