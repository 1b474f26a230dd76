//! A record as a script sees it.

use rhai::{Array, Dynamic, Map};

use super::bytes::from_bytes;
use crate::context::Context;
use crate::modules::error::RhaiResultOf;
use crate::modules::{payload, value};

pub use crate::clients::kafka::Record;

/// The headers by name; of headers with the same name the last one counts.
pub fn header_map(record: &Record) -> Map {
    let headers = record.headers().iter();
    headers.map(|(name, value)| (name.as_str().into(), from_bytes(value.as_ref()))).collect()
}

/// All headers in their order, each as an array of its name and its value.
pub fn header_pairs(record: &Record) -> Array {
    let pair = |(name, value): &(String, Option<bytes::Bytes>)| {
        Dynamic::from(vec![Dynamic::from(name.clone()), from_bytes(value.as_ref())])
    };
    record.headers().iter().map(pair).collect()
}

/// The value, decoded; `()` for a tombstone.
pub fn value(context: &Context, record: &Record) -> RhaiResultOf<Dynamic> {
    let Some(payload) = record.payload() else { return Ok(Dynamic::UNIT) };
    match payload.value() {
        Some(value) => Ok(value::from_avro(value.clone())),
        None => payload::decode(context, payload),
    }
}

/// All of the record, decoded.
pub fn record_map(context: &Context, record: &Record) -> RhaiResultOf<Map> {
    let decode = |bytes: Option<&bytes::Bytes>| match bytes {
        Some(bytes) => payload::decode(context, bytes),
        None => Ok(Dynamic::UNIT),
    };
    Ok(Map::from([
        ("topic".into(), record.topic().to_string().into()),
        ("partition".into(), i64::from(record.partition()).into()),
        ("offset".into(), record.offset().into()),
        ("timestamp".into(), record.timestamp().map_or(Dynamic::UNIT, Dynamic::from)),
        ("key".into(), decode(record.key())?),
        ("value".into(), value(context, record)?),
        ("headers".into(), header_map(record).into()),
    ]))
}
