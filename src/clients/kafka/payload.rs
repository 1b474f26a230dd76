//! The value of a record: its bytes, or what they will be written from.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use apache_avro::types::Value;
use bytes::Bytes;

use crate::formats::avro;

/// The value of a record. It reads as bytes; clones share them.
///
/// Within a pipeline it may be a decoded value, so that no step reads again what an earlier one
/// read. Its bytes are then its JSON text, made when somebody asks for them.
#[derive(Clone)]
pub enum Payload {
    /// Bytes as they are in Kafka.
    Bytes(Bytes),
    /// A plain value, as [`avro::decode()`] gives it.
    Decoded(Arc<Decoded>),
}

/// A plain value, and its JSON text once that was made.
pub struct Decoded {
    value: Value,
    json: OnceLock<Bytes>,
}

impl Payload {
    /// The payload that is the plain value `value`.
    pub fn decoded(value: Value) -> Payload {
        Payload::Decoded(Arc::new(Decoded { value, json: OnceLock::new() }))
    }

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        match self {
            Payload::Bytes(bytes) => bytes,
            Payload::Decoded(decoded) => {
                decoded.json.get_or_init(|| avro::to_json(decoded.value.clone()).to_string().into())
            }
        }
    }

    /// The value where it is decoded.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Payload::Bytes(_) => None,
            Payload::Decoded(decoded) => Some(&decoded.value),
        }
    }
}

impl Deref for Payload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes()
    }
}

impl<B: Into<Bytes>> From<B> for Payload {
    fn from(bytes: B) -> Payload {
        Payload::Bytes(bytes.into())
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Payload) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Payload {}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().fmt(f)
    }
}
