//! The layout `ts_xml`: the Avro schemas of today.

use serde_json::{Value, json};

use crate::formats::sal::interfaces::{IdlType, Item, Topic};

/// The fields that every record begins with: name, type, description and units; the index only in
/// indexed components.
const PRIVATE: [(&str, &str, &str, &str); 9] = [
    ("salIndex", "int", "SAL index (only present for indexed SAL components)", "unitless"),
    ("private_sndStamp", "double", "Time of instance publication", "second"),
    ("private_rcvStamp", "double", "Time of instance reception", "second"),
    (
        "private_efdStamp",
        "double",
        "UTC time for EFD timestamp. An integer (the number of leap seconds) different from \
         private_sndStamp.",
        "second",
    ),
    ("private_kafkaStamp", "double", "TAI time at which the Kafka message was created.", "second"),
    ("private_seqNum", "int", "Sequence number", "unitless"),
    ("private_revCode", "string", "Revision hashcode", "unitless"),
    (
        "private_identity",
        "string",
        "Identity of publisher: SAL component name for a CSC or user@host for a user",
        "unitless",
    ),
    ("private_origin", "int", "Process ID of publisher", "unitless"),
];

/// Whether the layout itself has a field `name`.
pub fn reserves(name: &str) -> bool {
    PRIVATE.iter().any(|(own, ..)| *own == name)
}

/// The record of `topic` in a component that is `indexed` or not; remarks on what the layout cannot
/// express go to `notes`.
pub fn record(topic: &Topic, indexed: bool, notes: &mut Vec<String>) -> Value {
    let mut fields = private(indexed);
    let texts = topic.items.iter().filter(|item| item.count > 1 && item.idl == IdlType::String);
    for Item { name, count, .. } in texts {
        notes.push(format!("`{name}` is text with Count {count}: it becomes one string"));
    }
    fields.extend(topic.items.iter().map(field));
    let description = topic.raw("Description").or_else(|| topic.raw("Explanation"));
    whole(&topic.component, topic.sal_name(), fields, description.unwrap_or_default())
}

/// The record of the acknowledgements of all commands of `component`.
pub fn ackcmd(component: &str, indexed: bool) -> Value {
    let mut fields = private(indexed);
    fields.extend([
        plain("ack", "int", "Acknowledgement code", "unitless"),
        plain("error", "int", "An error code; only relevant if ack=FAILED", "unitless"),
        plain("result", "string", "Message", "unitless"),
        plain(
            "identity",
            "string",
            "private_identity field of the command being acknowledged",
            "unitless",
        ),
        plain(
            "origin",
            "int",
            "private_origin field of the command being acknowledged",
            "unitless",
        ),
        plain(
            "cmdtype",
            "int",
            "Index of command in alphabetical list of commands, with 0 being the first",
            "unitless",
        ),
        plain(
            "timeout",
            "double",
            "Estimated remaining duration of command; only relevant if ack=INPROGRESS",
            "second",
        ),
    ]);
    whole(component, "ackcmd", fields, "Command acknowledgement")
}

/// The fields that every record begins with, in a component that is `indexed` or not.
pub fn private(indexed: bool) -> Vec<Value> {
    let fields = PRIVATE.iter().skip(usize::from(!indexed));
    fields.map(|(name, avro, description, units)| plain(name, avro, description, units)).collect()
}

fn whole(component: &str, name: &str, fields: Vec<Value>, description: &str) -> Value {
    object([
        ("type", "record".into()),
        ("name", name.into()),
        ("namespace", format!("lsst.sal.{component}").into()),
        ("fields", fields.into()),
        ("description", description.into()),
    ])
}

/// An object of `entries`, in their order. Unlike `json!`, it takes values without copying them.
pub fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn field(item: &Item) -> Value {
    let scalar = avro_type(item.idl);
    let (avro, default) = match item.count {
        2.. if scalar != "string" => {
            (json!({"type": "array", "items": scalar}), vec![default(scalar); item.count].into())
        }
        _ => (scalar.into(), default(scalar)),
    };
    let description = item.raw("Description").unwrap_or_default();
    described(&item.name, avro, default, description, item.raw("Units").unwrap_or_default())
}

fn plain(name: &str, avro: &str, description: &str, units: &str) -> Value {
    described(name, avro.into(), default(avro), description, units)
}

fn described(name: &str, avro: Value, default: Value, description: &str, units: &str) -> Value {
    object([
        ("name", name.into()),
        ("type", avro),
        ("default", default),
        ("description", description.into()),
        ("units", units.into()),
    ])
}

fn default(avro: &str) -> Value {
    match avro {
        "boolean" => json!(false),
        "float" | "double" => json!(0.0),
        "string" => json!(""),
        _ => json!(0),
    }
}

fn avro_type(idl: IdlType) -> &'static str {
    match idl {
        IdlType::Boolean => "boolean",
        IdlType::Byte
        | IdlType::Char
        | IdlType::Octet
        | IdlType::Short
        | IdlType::UnsignedShort
        | IdlType::Int
        | IdlType::Long => "int",
        IdlType::UnsignedInt
        | IdlType::UnsignedLong
        | IdlType::LongLong
        | IdlType::UnsignedLongLong => "long",
        IdlType::Float => "float",
        IdlType::Double => "double",
        IdlType::String => "string",
    }
}
