//! Options of a producer, and the records that scripts give it.

use std::collections::BTreeMap;

use rhai::{Dynamic, Map};
use serde::Deserialize;

use super::bytes::to_bytes;
use crate::clients::kafka::{Delivery, Headers, Message, ProducerOptions, Record};
use crate::error::{Failure, Kind};
use crate::modules::options::{Seconds, Text};

/// Options of `kafka::producer`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ProducerSettings {
    acks: Option<Text>,
    compression: Option<String>,
    linger: Option<Seconds>,
    client: Option<String>,
    timeout: Option<Seconds>,
    config: BTreeMap<String, Text>,
}

impl From<ProducerSettings> for ProducerOptions {
    fn from(given: ProducerSettings) -> Self {
        let default = ProducerOptions::default();
        ProducerOptions {
            acks: given.acks.map(|text| text.0),
            compression: given.compression,
            linger: given.linger.map(Into::into),
            client: given.client,
            timeout: given.timeout.map_or(default.timeout, Into::into),
            config: given.config.into_iter().map(|(name, text)| (name, text.0)).collect(),
        }
    }
}

/// The message that `record` is: the parts of a map, all of a record that was read, anything else as
/// the value.
pub fn message(function: &str, record: Dynamic) -> Result<Message, Failure> {
    if let Some(record) = record.read_lock::<Record>() {
        return Ok(Message::of(&record));
    }
    let mut message = Message::default();
    let Some(parts) = record.read_lock::<Map>() else {
        message.value = to_bytes("value", &record)?.map(Into::into);
        return Ok(message);
    };
    // Read by hand: this happens for every record.
    for (name, part) in parts.iter().filter(|(_, part)| !part.is_unit()) {
        match name.as_str() {
            "key" => message.key = to_bytes("key", part)?.map(Into::into),
            "value" => message.value = to_bytes("value", part)?.map(Into::into),
            "headers" => message.headers = headers(part)?,
            "timestamp" => message.timestamp = Some(int(name, part, i64::MAX)?),
            "partition" => message.partition = Some(int(name, part, i64::from(i32::MAX))? as i32),
            _ => {
                return Err(usage(format!("{function} knows no part `{name}` of a record"))
                    .with_remedy("its parts are key, value, headers, timestamp, partition"));
            }
        }
    }
    Ok(message)
}

fn headers(part: &Dynamic) -> Result<Headers, Failure> {
    let Some(map) = part.read_lock::<Map>() else {
        return Err(usage(format!("`headers` of a record is a map, not a {}", part.type_name())));
    };
    map.iter()
        .map(|(name, value)| Ok((name.to_string(), to_bytes("header", value)?.map(Into::into))))
        .collect()
}

fn int(name: &str, part: &Dynamic, most: i64) -> Result<i64, Failure> {
    let int = part.as_int().ok().filter(|int| (0..=most).contains(int));
    int.ok_or_else(|| usage(format!("`{name}` of a record is an int of 0 or more, not {part:?}")))
}

fn usage(message: String) -> Failure {
    Failure::new(Kind::Usage, message)
}

/// Where a record was written.
pub fn delivery_map(delivery: Delivery) -> Map {
    Map::from([
        ("topic".into(), delivery.topic.into()),
        ("partition".into(), i64::from(delivery.partition).into()),
        ("offset".into(), delivery.offset.into()),
        ("timestamp".into(), delivery.timestamp.map_or(Dynamic::UNIT, Dynamic::from)),
    ])
}
