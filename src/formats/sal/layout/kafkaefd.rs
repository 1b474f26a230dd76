//! The layout `kafkaefd`: the Avro schemas of 2019.

use serde_json::{Map, Value, json};

use super::mend;
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

/// The fields that every record begins with: name, type and doc; `time` is a timestamp.
pub const PREAMBLE: [(&str, &str, &str); 7] = [
    ("kafka_timestamp", "time", "Timestamp when the Kafka message was created."),
    ("sal_revcode", "string", "SAL revision code."),
    ("sal_created", "time", "Time when SAL created the message."),
    ("sal_ingested", "time", "Time when SAL ingested the message."),
    ("sal_sequence", "long", "SAL sequence number."),
    ("sal_origin", "int", "SAL origin."),
    ("sal_host", "int", "SAL host."),
];

/// Whether the layout itself has a field `name`.
pub fn reserves(name: &str) -> bool {
    PREAMBLE.iter().any(|(own, ..)| *own == name)
}

/// The record of `topic`; remarks on what the layout cannot express go to `notes`.
pub fn record(topic: &Topic, notes: &mut Vec<String>) -> Value {
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
        fields.push(field(topic, index, item, notes));
    }
    record.insert("fields".into(), fields.into());
    record.into()
}

fn preamble() -> Vec<Value> {
    let field = |(name, kind, doc): &(&str, &str, &str)| {
        let avro = match *kind {
            "time" => json!({"type": "long", "logicalType": "timestamp-millis"}),
            word => json!(word),
        };
        json!({"name": name, "type": avro, "doc": doc})
    };
    PREAMBLE.iter().map(field).collect()
}

fn field(topic: &Topic, index: usize, item: &Item, notes: &mut Vec<String>) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), item.name.clone().into());
    field.insert("type".into(), avro_type(topic, item, notes));
    if let Some(doc) = item.tag("Description") {
        field.insert("doc".into(), doc.into());
    }
    field.insert("sal_index".into(), index.into());
    if let Some(units) = item.tag("Units") {
        field.insert("sal_units".into(), units.into());
    }
    extras(item, &mut field, notes);
    field.into()
}

fn extras(item: &Item, field: &mut Map<String, Value>, notes: &mut Vec<String>) {
    let mut number = |tag: &str, parse: fn(&str) -> Option<Value>| {
        let Some(text) = item.tag(tag) else { return };
        match parse(text) {
            Some(number) => {
                field.insert(key(tag), number);
            }
            None => notes.push(format!("`{}`: {tag} `{text}` is left out: no number", item.name)),
        }
    };
    // JSON has no infinite numbers.
    number("Frequency", |text| Some(text.parse().ok().filter(|x: &f64| x.is_finite())?.into()));
    for tag in WHOLE {
        number(tag, |text| Some(text.parse::<i64>().ok()?.into()));
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
}

fn avro_type(topic: &Topic, item: &Item, notes: &mut Vec<String>) -> Value {
    if let Some(enumeration) = item.enumeration.as_ref().filter(|all| !all.symbols.is_empty()) {
        if item.count > 1 {
            notes.push(format!(
                "`{}` has Count {} and an Enumeration: it becomes one enum",
                item.name, item.count
            ));
        }
        return enum_type(topic, item, enumeration, notes);
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
    match item.count {
        1 => scalar.into(),
        count => json!({"type": "array", "items": scalar, "sal_count": count}),
    }
}

fn enum_type(topic: &Topic, item: &Item, all: &Enumeration, notes: &mut Vec<String>) -> Value {
    let names: Vec<&str> = all.symbols.iter().map(|symbol| &*symbol.name).collect();
    let symbols = mend::symbols(&item.name, &names, notes);
    let name = mend::type_name(&topic.name, &item.name, notes);
    let mut avro = json!({"type": "enum", "name": name, "symbols": symbols});
    if let (true, Some(map)) = (all.has_values(), avro.as_object_mut()) {
        // SAL text sends the value; the position in `symbols` cannot carry it.
        map.insert("sal_values".into(), all.values().into());
    }
    avro
}

fn key(tag: &str) -> String {
    format!("sal_{}", tag.to_lowercase())
}
