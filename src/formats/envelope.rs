//! A record as one line of JSON that keeps every byte.
//!
//! The line is an object with these members, in this order when it is written, in any order when it
//! is read:
//!
//! | Member | JSON | When it is read |
//! |---|---|---|
//! | `topic` | string | may be missing |
//! | `partition` | number | may be missing |
//! | `offset` | number | may be missing |
//! | `timestamp` | number: milliseconds since 1970 (UTC), or null for none | may be missing: none |
//! | `key` | bytes, or null for none | may be missing: none |
//! | `value` | bytes, or null for a tombstone | must be there |
//! | `headers` | array of pairs `[name, bytes or null]`, in order, names may repeat | may be missing: no headers |
//!
//! *bytes* are a string where they are valid UTF-8 (the empty string for no bytes), else an object
//! with the one member `base64`, whose string is the bytes in base64 (RFC 4648, section 4, with
//! padding). Strings are never interpreted: `"{}"` and `"AA=="` are two and four bytes. Other
//! members are an error, so that a misspelt one is not lost.
//!
//! ```json
//! {"topic":"dome","partition":0,"offset":7,"timestamp":1767225600000,"key":"M1","value":{"base64":"AAH/"},"headers":[["unit","K"],["empty",""],["none",null]]}
//! ```

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Explain, Kind};

/// A record between its bytes and its line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope<'a> {
    /// The topic that it was read from.
    #[serde(borrow)]
    pub topic: Option<Cow<'a, str>>,
    /// The partition that it was read from.
    pub partition: Option<i32>,
    /// Its offset there.
    pub offset: Option<i64>,
    /// Milliseconds since 1970 (UTC).
    pub timestamp: Option<i64>,
    /// The key; none for a null key.
    #[serde(borrow)]
    pub key: Option<Payload<'a>>,
    /// The value; none for a tombstone.
    #[serde(borrow, deserialize_with = "given")]
    pub value: Option<Payload<'a>>,
    /// The headers in order.
    #[serde(borrow, default)]
    pub headers: Vec<(Name<'a>, Option<Payload<'a>>)>,
}

/// The bytes of a key, a value or a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload<'a>(pub Cow<'a, [u8]>);

/// The name of a header: text without a NUL, at which the Kafka client would cut it off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Name<'a>(pub Cow<'a, str>);

/// The line is no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason} (column {column})")]
pub struct EnvelopeError {
    /// What is wrong.
    pub reason: String,
    /// Where in the line, from 1.
    pub column: usize,
}

impl Explain for EnvelopeError {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
}

impl<'a> Envelope<'a> {
    /// The record of `line`.
    pub fn read(line: &'a [u8]) -> Result<Envelope<'a>, EnvelopeError> {
        serde_json::from_slice(line).map_err(|error| {
            let text = error.to_string();
            let reason = text.rsplit_once(" at line ").map_or(&*text, |(reason, _)| reason);
            EnvelopeError { reason: reason.to_owned(), column: error.column() }
        })
    }

    /// Appends the record's line to `out`, without a line end.
    pub fn write(&self, out: &mut Vec<u8>) {
        // Writing into memory cannot fail, and every member has a form in JSON.
        let _ = serde_json::to_writer(out, self);
    }
}

impl Serialize for Payload<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Ok(text) = std::str::from_utf8(&self.0) {
            return serializer.serialize_str(text);
        }
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("base64", &BASE64.encode(&self.0))?;
        map.end()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Payload<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Payload<'a>, D::Error> {
        deserializer.deserialize_any(Bytes)
    }
}

struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Payload<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, null or {\"base64\": \"...\"}")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Payload<'de>, E> {
        Ok(Payload(Cow::Borrowed(text.as_bytes())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Payload<'de>, E> {
        Ok(Payload(Cow::Owned(text.as_bytes().to_vec())))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Payload<'de>, A::Error> {
        let Some(key) = map.next_key::<Cow<'_, str>>()? else {
            return Err(A::Error::missing_field("base64"));
        };
        if key != "base64" {
            return Err(A::Error::unknown_field(&key, &["base64"]));
        }
        let text: Cow<'_, str> = map.next_value()?;
        let bytes = BASE64
            .decode(&*text)
            .map_err(|error| A::Error::custom(format!("`base64` is not base64: {error}")))?;
        match map.next_key::<Cow<'_, str>>()? {
            None => Ok(Payload(Cow::Owned(bytes))),
            Some(other) => Err(A::Error::unknown_field(&other, &["base64"])),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name<'a>, D::Error> {
        let name = String::deserialize(deserializer)?;
        if name.contains('\0') {
            return Err(D::Error::custom("the name of a header holds a NUL"));
        }
        Ok(Name(Cow::Owned(name)))
    }
}

/// A member that may be null but not missing: a record without `value` is a mistake, not a
/// tombstone.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Payload<'de>>, D::Error> {
    Option::deserialize(deserializer)
}
