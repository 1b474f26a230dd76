//! Bytes between scripts and Kafka.

use rhai::Dynamic;

use crate::error::{Failure, Kind};

/// The bytes of a key, value or header: of text, of a blob; none for `()`.
pub fn to_bytes(what: &str, value: &Dynamic) -> Result<Option<Vec<u8>>, Failure> {
    if value.is_unit() {
        return Ok(None);
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return Ok(Some(text.as_bytes().to_vec()));
    }
    if let Some(bytes) = value.read_lock::<rhai::Blob>() {
        return Ok(Some(bytes.clone()));
    }
    let type_name = value.type_name();
    let message =
        format!("cannot send a {what} of type {type_name}: it must be text, a blob or ()");
    Err(Failure::new(Kind::Usage, message)
        .with_remedy("encode it first, for example with avro::encode or out::json"))
}

/// The script value of bytes without a schema: text where they are UTF-8, else a blob.
pub fn from_bytes(bytes: Option<&bytes::Bytes>) -> Dynamic {
    match bytes.map(|bytes| (std::str::from_utf8(bytes), bytes)) {
        None => Dynamic::UNIT,
        Some((Ok(text), _)) => text.into(),
        Some((Err(_), bytes)) => Dynamic::from_blob(bytes.to_vec()),
    }
}

/// The bytes as a blob, `()` for none.
pub fn blob(bytes: Option<&bytes::Bytes>) -> Dynamic {
    bytes.map_or(Dynamic::UNIT, |bytes| Dynamic::from_blob(bytes.to_vec()))
}
