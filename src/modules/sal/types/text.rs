//! Text messages, one at a time.

use std::time::SystemTime;

use apache_avro::types::Value;
use rhai::{Blob, Dynamic, ImmutableString, Map};
use serde::Deserialize;

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

/// The message with `values`, which may be a whole record; what the options say comes first.
pub fn text(given: &Dynamic, values: Map, options: TextOptions) -> RhaiResultOf<ImmutableString> {
    let writer = Writer::compile(&schema::of(given)?, options.time.map(TimeScale::from))?;
    let values = plain(values);
    let mut stamp = Stamp::at(now());
    stamp.index = schema::indexed(given).unwrap_or(false).then_some(1);
    stamp.take(&values, writer.time());
    if let Some(sent) = options.sent {
        stamp.sent_us = sent.saturating_mul(1_000);
        stamp.received_us = stamp.sent_us;
    }
    if let Some(received) = options.received {
        stamp.received_us = received.saturating_mul(1_000);
    }
    stamp.revcode = options.revcode.unwrap_or(stamp.revcode);
    stamp.sequence = options.sequence.unwrap_or(stamp.sequence);
    stamp.origin = options.origin.unwrap_or(stamp.origin);
    stamp.host = options.host.unwrap_or(stamp.host);
    stamp.index = options.index.or(stamp.index);
    Ok(writer.write(&stamp, &values)?.into())
}

/// The values of a script's map, by name.
pub fn plain(values: Map) -> Vec<(String, Value)> {
    values.into_iter().map(|(name, given)| (name.to_string(), value::to_avro(&given))).collect()
}

/// Now, in milliseconds since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
