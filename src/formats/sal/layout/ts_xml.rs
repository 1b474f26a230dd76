//! The layout `ts_xml`: the Avro schemas of today.

use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use crate::formats::sal::interfaces::{IdlType, Item, Topic};

/// A field with its keys in their order.
#[derive(Serialize, Clone, Copy)]
pub struct Field<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    avro: Avro,
    default: Fill,
    description: &'a str,
    units: &'a str,
}

/// A field that the layout itself has.
pub type Private = Field<'static>;

/// The fields that every record begins with; the index only in indexed components.
static PRIVATE: [Private; 9] = [
    plain("salIndex", "int", "SAL index (only present for indexed SAL components)", "unitless"),
    plain("private_sndStamp", "double", "Time of instance publication", "second"),
    plain("private_rcvStamp", "double", "Time of instance reception", "second"),
    plain(
        "private_efdStamp",
        "double",
        "UTC time for EFD timestamp. An integer (the number of leap seconds) different from \
         private_sndStamp.",
        "second",
    ),
    plain(
        "private_kafkaStamp",
        "double",
        "TAI time at which the Kafka message was created.",
        "second",
    ),
    plain("private_seqNum", "int", "Sequence number", "unitless"),
    plain("private_revCode", "string", "Revision hashcode", "unitless"),
    plain(
        "private_identity",
        "string",
        "Identity of publisher: SAL component name for a CSC or user@host for a user",
        "unitless",
    ),
    plain("private_origin", "int", "Process ID of publisher", "unitless"),
];

/// The fields of an acknowledgement beside the private ones.
static ACKCMD: [Private; 7] = [
    plain("ack", "int", "Acknowledgement code", "unitless"),
    plain("error", "int", "An error code; only relevant if ack=FAILED", "unitless"),
    plain("result", "string", "Message", "unitless"),
    plain(
        "identity",
        "string",
        "private_identity field of the command being acknowledged",
        "unitless",
    ),
    plain("origin", "int", "private_origin field of the command being acknowledged", "unitless"),
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
];

/// How many fields an acknowledgement has beside the private ones.
pub const ACKCMD_ITEMS: usize = ACKCMD.len();

/// Whether the layout itself has a field `name`.
pub fn reserves(name: &str) -> bool {
    PRIVATE.iter().any(|own| own.name == name)
}

/// The record of `topic` in a component that is `indexed` or not, as JSON text; remarks on what the
/// layout cannot express go to `notes`.
pub fn record(topic: &Topic, indexed: bool, notes: &mut Vec<String>) -> String {
    let texts = topic.items.iter().filter(|item| item.count > 1 && item.idl == IdlType::String);
    for Item { name, count, .. } in texts {
        notes.push(format!("`{name}` is text with Count {count}: it becomes one string"));
    }
    let description = topic.raw("Description").or_else(|| topic.raw("Explanation"));
    let items = topic.items.iter().map(field);
    whole(&topic.component, topic.sal_name(), indexed, items, description.unwrap_or_default())
}

/// The record of the acknowledgements of all commands of `component`, as JSON text.
pub fn ackcmd(component: &str, indexed: bool) -> String {
    whole(component, "ackcmd", indexed, ACKCMD.iter().copied(), "Command acknowledgement")
}

/// The fields that every record begins with, in a component that is `indexed` or not.
pub fn private(indexed: bool) -> &'static [Private] {
    PRIVATE.get(usize::from(!indexed)..).unwrap_or_default()
}

/// A value as JSON text.
pub fn text<T: Serialize + ?Sized>(value: &T) -> String {
    // Writing into memory cannot fail: all keys are strings.
    serde_json::to_string(value).unwrap_or_default()
}

/// The fields of [`private`] as JSON text, with commas between them: half of what all records say.
fn private_text(indexed: bool) -> &'static str {
    static TEXTS: LazyLock<[String; 2]> = LazyLock::new(|| {
        [false, true].map(|indexed| {
            let texts: Vec<String> = private(indexed).iter().map(text).collect();
            texts.join(",")
        })
    });
    let [plain, with_index] = &*TEXTS;
    if indexed { with_index } else { plain }
}

/// A record with its keys in their order.
fn whole<'a>(
    component: &str,
    name: &str,
    indexed: bool,
    items: impl Iterator<Item = Field<'a>>,
    description: &str,
) -> String {
    let (name, namespace) = (text(name), text(&format!("lsst.sal.{component}")));
    let private = private_text(indexed);
    let mut record =
        format!(r#"{{"type":"record","name":{name},"namespace":{namespace},"fields":[{private}"#);
    for item in items {
        record.push(',');
        record.push_str(&text(&item));
    }
    [&record, r#"],"description":"#, &text(description), "}"].concat()
}

fn field(item: &Item) -> Field<'_> {
    let scalar = avro_type(item.idl);
    let (avro, default) = match item.count {
        2.. if scalar != "string" => {
            (Avro::Array { kind: "array", items: scalar }, Fill::Many(zero(scalar), item.count))
        }
        _ => (Avro::Scalar(scalar), Fill::One(zero(scalar))),
    };
    let description = item.raw("Description").unwrap_or_default();
    Field {
        name: &item.name,
        avro,
        default,
        description,
        units: item.raw("Units").unwrap_or_default(),
    }
}

const fn plain(
    name: &'static str,
    avro: &'static str,
    description: &'static str,
    units: &'static str,
) -> Private {
    Field { name, avro: Avro::Scalar(avro), default: Fill::One(zero(avro)), description, units }
}

#[derive(Serialize, Clone, Copy)]
#[serde(untagged)]
enum Avro {
    Scalar(&'static str),
    Array {
        #[serde(rename = "type")]
        kind: &'static str,
        items: &'static str,
    },
}

#[derive(Clone, Copy)]
enum Fill {
    One(Zero),
    /// The same so many times.
    Many(Zero, usize),
}

impl Serialize for Fill {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Fill::One(zero) => zero.serialize(serializer),
            Fill::Many(zero, count) => serializer.collect_seq(std::iter::repeat_n(zero, *count)),
        }
    }
}

#[derive(Serialize, Clone, Copy)]
#[serde(untagged)]
enum Zero {
    Boolean(bool),
    Integer(i32),
    Real(f64),
    Text(&'static str),
}

const fn zero(avro: &str) -> Zero {
    match avro.as_bytes() {
        b"boolean" => Zero::Boolean(false),
        b"float" | b"double" => Zero::Real(0.0),
        b"string" => Zero::Text(""),
        _ => Zero::Integer(0),
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
