//! The layout `kafkaefd`: the Avro schemas of 2019.

use serde_json::{Map, Value, json};

use crate::formats::sal::SalError;
use crate::formats::sal::interfaces::{Enumeration, IdlType, Item, Topic};

const TAGS: [&str; 7] = ["Version", "Author", "Alias", "Device", "Property", "Action", "Value"];
const WHOLE: [&str; 5] = [
    "Publishers",
    "Values_per_Publisher",
    "Size_in_bytes",
    "Instances_per_night",
    "Bytes_per_night",
];
const NEEDED: [&str; 5] =
    ["Needed_by_Camera", "Needed_by_DM", "Needed_by_EPO", "Needed_by_OCS", "Needed_by_TCS"];

/// The record of `topic`; remarks on what the layout cannot express go to `notes`.
pub fn record(topic: &Topic, notes: &mut Vec<String>) -> Result<Value, SalError> {
    let mut record = Map::new();
    record.insert("type".into(), "record".into());
    record.insert("name".into(), topic.name.clone().into());
    record.insert("namespace".into(), "lsst.sal".into());
    if let Some(doc) = topic.explanation() {
        record.insert("doc".into(), doc.into());
    }
    let subsystem = topic.tag("Subsystem").unwrap_or(&topic.component);
    record.insert("sal_subsystem".into(), subsystem.into());
    record.insert("sal_topic_type".into(), topic.kind.tag().into());
    for tag in TAGS {
        if let Some(text) = topic.tag(tag) {
            record.insert(key(tag), text.into());
        }
    }
    let mut fields = preamble();
    for (index, item) in topic.items.iter().enumerate() {
        fields.push(field(topic, index, item, notes)?);
    }
    record.insert("fields".into(), fields.into());
    Ok(record.into())
}

fn preamble() -> Vec<Value> {
    let millis = json!({"type": "long", "logicalType": "timestamp-millis"});
    let field =
        |name: &str, avro: Value, doc: &str| json!({"name": name, "type": avro, "doc": doc});
    vec![
        field("kafka_timestamp", millis.clone(), "Timestamp when the Kafka message was created."),
        field("sal_revcode", json!("string"), "SAL revision code."),
        field("sal_created", millis.clone(), "Time when SAL created the message."),
        field("sal_ingested", millis, "Time when SAL ingested the message."),
        field("sal_sequence", json!("long"), "SAL sequence number."),
        field("sal_origin", json!("int"), "SAL origin."),
        field("sal_host", json!("int"), "SAL host."),
    ]
}

fn field(
    topic: &Topic,
    index: usize,
    item: &Item,
    notes: &mut Vec<String>,
) -> Result<Value, SalError> {
    let mut field = Map::new();
    field.insert("name".into(), item.name.clone().into());
    field.insert("type".into(), avro_type(topic, item, notes)?);
    if let Some(doc) = item.tag("Description") {
        field.insert("doc".into(), doc.into());
    }
    field.insert("sal_index".into(), index.into());
    if let Some(units) = item.tag("Units") {
        field.insert("sal_units".into(), units.into());
    }
    extras(topic, item, &mut field)?;
    Ok(field.into())
}

fn extras(topic: &Topic, item: &Item, field: &mut Map<String, Value>) -> Result<(), SalError> {
    let bad = |tag: &str, text: &str| {
        let what = format!("{tag} `{text}` of item `{}` is not a number", item.name);
        SalError::Layout { topic: topic.name.clone(), what }
    };
    if let Some(text) = item.tag("Frequency") {
        let number: f64 = text.parse().map_err(|_| bad("Frequency", text))?;
        field.insert(key("Frequency"), number.into());
    }
    for tag in WHOLE {
        if let Some(text) = item.tag(tag) {
            let number: i64 = text.parse().map_err(|_| bad(tag, text))?;
            field.insert(key(tag), number.into());
        }
    }
    for tag in ["Conversion", "Sensor_location"] {
        if let Some(text) = item.tag(tag) {
            field.insert(key(tag), text.into());
        }
    }
    for tag in NEEDED {
        if item.raw(tag).is_some() {
            let said = item.tag(tag).is_some_and(|text| text.eq_ignore_ascii_case("true"));
            // The schemas of 2019 say true wherever the element is present at all.
            field.insert(key(tag), (tag == "Needed_by_DM" || said).into());
        }
    }
    Ok(())
}

fn avro_type(topic: &Topic, item: &Item, notes: &mut Vec<String>) -> Result<Value, SalError> {
    if let Some(enumeration) = &item.enumeration {
        if item.count > 1 {
            notes.push(format!(
                "`{}` has Count {} and an Enumeration: it becomes one enum",
                item.name, item.count
            ));
        }
        return enum_type(topic, item, enumeration);
    }
    let scalar = match item.idl {
        IdlType::Boolean => "boolean",
        IdlType::Byte | IdlType::Char | IdlType::Octet => "bytes",
        IdlType::Short | IdlType::UnsignedShort | IdlType::Int | IdlType::UnsignedInt => "int",
        IdlType::Long | IdlType::UnsignedLong | IdlType::LongLong | IdlType::UnsignedLongLong => {
            "long"
        }
        IdlType::Float => "float",
        IdlType::Double => "double",
        IdlType::String => "string",
    };
    Ok(match item.count {
        1 => scalar.into(),
        count => json!({"type": "array", "items": scalar, "sal_count": count}),
    })
}

fn enum_type(topic: &Topic, item: &Item, all: &Enumeration) -> Result<Value, SalError> {
    let names: Vec<&str> = all.symbols.iter().map(|symbol| &*symbol.name).collect();
    for (index, name) in names.iter().enumerate() {
        let first = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
        let valid = first && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let twice = names.iter().take(index).any(|other| other == name);
        if !valid || twice {
            let why = if twice { "stands there twice" } else { "is not an Avro name" };
            let what = format!("symbol `{name}` of item `{}` {why}", item.name);
            return Err(SalError::Layout { topic: topic.name.clone(), what });
        }
    }
    let mut avro = json!({"type": "enum", "name": item.name, "symbols": names});
    if let (true, Some(map)) = (all.has_values(), avro.as_object_mut()) {
        // SAL text sends the value; the position in `symbols` cannot carry it.
        map.insert("sal_values".into(), all.values().into());
    }
    Ok(avro)
}

fn key(tag: &str) -> String {
    format!("sal_{}", tag.to_lowercase())
}
