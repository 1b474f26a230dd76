//! Keys and values of records as scripts see them, and as they are shown.

use rhai::Dynamic;
use serde_json::Value as Json;

use super::error::RhaiResultOf;
use super::value;
use crate::clients::registry::Registry;
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::formats::avro::{self, wire};

/// Decodes `bytes`: with a wire header by the registry's schema, else as text, else as a blob.
///
/// Text cannot be taken for a header: that starts with a zero byte. A registry that is not
/// configured, or does not answer, is an error of kind `usage` or `unreachable`.
pub fn decode(context: &Context, bytes: &[u8]) -> RhaiResultOf<Dynamic> {
    if let Some(value) = by_registry(context, bytes)? {
        return Ok(value::from_avro(value));
    }
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => Dynamic::from_blob(bytes.to_vec()),
    })
}

/// How bytes are read for showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By the registry's schema with a wire header, else as text, else hexadecimal.
    Auto,
    /// As text, else hexadecimal; the registry is not asked.
    Text,
    /// As JSON; anything else is an error.
    Json,
    /// By the registry's schema; without a wire header it is an error.
    Avro,
}

/// Decodes `bytes` as `form` says; what is no text is hexadecimal.
pub fn show(context: &Context, bytes: &[u8], form: Form) -> Result<Json, Failure> {
    let invalid = |why: String| Failure::new(Kind::Invalid, why);
    match form {
        Form::Auto => match by_registry(context, bytes)? {
            Some(value) => Ok(avro::to_json(value)),
            None => Ok(text(bytes)),
        },
        Form::Text => Ok(text(bytes)),
        Form::Json => serde_json::from_slice(bytes)
            .map_err(|error| invalid(format!("it is not JSON: {error}"))),
        Form::Avro => match by_registry(context, bytes)? {
            Some(value) => Ok(avro::to_json(value)),
            None => Err(invalid("it has no wire header that names a schema".to_owned())),
        },
    }
}

/// The plain value of `bytes` with a wire header; none for bytes without one.
fn by_registry(
    context: &Context,
    bytes: &[u8],
) -> Result<Option<apache_avro::types::Value>, Failure> {
    let Some((id, body)) = wire::split(bytes) else { return Ok(None) };
    let schema = Registry::of(context)?.schema(id)?;
    Ok(Some(avro::decode(&schema, body)?))
}

/// Text, else hexadecimal.
pub fn text(bytes: &[u8]) -> Json {
    std::str::from_utf8(bytes).map_or_else(|_| avro::hex(bytes), str::to_owned).into()
}
