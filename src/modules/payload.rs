//! Keys and values of records as scripts see them.

use rhai::Dynamic;

use super::error::RhaiResultOf;
use super::value;
use crate::clients::registry::Registry;
use crate::context::Context;
use crate::formats::avro::{self, wire};

/// Decodes `bytes`: with a wire header by the registry's schema, else as text, else as a blob.
///
/// Text cannot be taken for a header: that starts with a zero byte. A registry that is not
/// configured, or does not answer, is an error of kind `usage` or `unreachable`.
pub fn decode(context: &Context, bytes: &[u8]) -> RhaiResultOf<Dynamic> {
    if let Some((id, body)) = wire::split(bytes) {
        let schema = Registry::of(context)?.schema(id)?;
        return Ok(value::from_avro(avro::decode(&schema, body)?));
    }
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => Dynamic::from_blob(bytes.to_vec()),
    })
}
