//! Text messages, one at a time.

use std::time::SystemTime;

use rhai::{Blob, Dynamic, ImmutableString, Map};
use serde::Deserialize;
use serde_json::Value;

use super::scale::Scale;
use super::schema;
use crate::formats::sal::text::{Indexed, Options, Stamp, TimeScale, Transform, Writer, split};
use crate::modules::error::RhaiResultOf;
use crate::modules::value;

/// The options of `sal::to_avro`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AvroOptions {
    time: Option<Scale>,
    indexed: Option<bool>,
    now: Option<i64>,
}

/// The options of `sal::text`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TextOptions {
    revcode: Option<String>,
    sent: Option<i64>,
    received: Option<i64>,
    sequence: Option<i64>,
    origin: Option<i64>,
    host: Option<i64>,
    index: Option<i64>,
    time: Option<Scale>,
}

/// The Avro record of the message `text`.
pub fn to_avro(given: &Dynamic, text: &str, options: AvroOptions) -> RhaiResultOf<Blob> {
    let indexed = match options.indexed.or(schema::indexed(given)) {
        None => Indexed::ByComponent,
        Some(true) => Indexed::Always,
        Some(false) => Indexed::Never,
    };
    let options_of = Options { time: options.time.map(TimeScale::from), indexed };
    let transform = Transform::compile(&schema::of(given)?, options_of)?;
    let mut bytes = Blob::new();
    transform.write(&split(text.as_bytes())?, options.now.unwrap_or_else(now), &mut bytes)?;
    Ok(bytes)
}

/// The message with `values`.
pub fn text(given: &Dynamic, values: Map, options: TextOptions) -> RhaiResultOf<ImmutableString> {
    let scale = options.time.map_or(TimeScale::Utc, TimeScale::from);
    let writer = Writer::compile(&schema::of(given)?, scale)?;
    let sent_ms = options.sent.unwrap_or_else(now);
    let stamp = Stamp {
        revcode: options.revcode.unwrap_or_else(|| "kafkaefd".into()),
        sent_ms,
        received_ms: options.received.unwrap_or(sent_ms),
        sequence: options.sequence.unwrap_or(1),
        origin: options.origin.unwrap_or(1),
        host: options.host.unwrap_or(1),
        index: options.index,
    };
    let values = match value::to_json(&Dynamic::from_map(values)) {
        Value::Object(values) => values,
        _ => serde_json::Map::new(),
    };
    Ok(writer.write(&stamp, &values)?.into())
}

/// Now, in milliseconds since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
