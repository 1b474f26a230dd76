//! The Parsing Canonical Form of the Avro specification: what of a schema decides how values are
//! written.

use apache_avro::schema::{FixedSchema, InnerDecimalSchema, Name, Schema as Node, UuidSchema};
use serde_json::Value as Json;

/// The form of `node`: names in full, no documentation, defaults, logical types and other
/// attributes, no white space.
pub(super) fn canonical(node: &Node) -> String {
    match node {
        Node::Null => quoted("null"),
        Node::Boolean => quoted("boolean"),
        Node::Int | Node::Date | Node::TimeMillis => quoted("int"),
        Node::Long
        | Node::TimeMicros
        | Node::TimestampMillis
        | Node::TimestampMicros
        | Node::TimestampNanos
        | Node::LocalTimestampMillis
        | Node::LocalTimestampMicros
        | Node::LocalTimestampNanos => quoted("long"),
        Node::Float => quoted("float"),
        Node::Double => quoted("double"),
        Node::Bytes | Node::BigDecimal | Node::Uuid(UuidSchema::Bytes) => quoted("bytes"),
        Node::String | Node::Uuid(UuidSchema::String) => quoted("string"),
        Node::Array(array) => format!(r#"{{"type":"array","items":{}}}"#, canonical(&array.items)),
        Node::Map(map) => format!(r#"{{"type":"map","values":{}}}"#, canonical(&map.types)),
        Node::Union(union) => format!("[{}]", list(union.variants(), canonical)),
        Node::Record(record) => {
            let fields = list(&record.fields, |field| {
                let (name, kind) = (quoted(&field.name), canonical(&field.schema));
                format!(r#"{{"name":{name},"type":{kind}}}"#)
            });
            named(&record.name, &format!(r#""record","fields":[{fields}]"#))
        }
        Node::Enum(choice) => {
            let symbols = list(&choice.symbols, |symbol| quoted(symbol));
            named(&choice.name, &format!(r#""enum","symbols":[{symbols}]"#))
        }
        Node::Decimal(decimal) => match &decimal.inner {
            InnerDecimalSchema::Bytes => quoted("bytes"),
            InnerDecimalSchema::Fixed(inner) => fixed(inner),
        },
        Node::Fixed(inner) | Node::Duration(inner) | Node::Uuid(UuidSchema::Fixed(inner)) => {
            fixed(inner)
        }
        Node::Ref { name } => quoted(name.as_ref()),
    }
}

fn fixed(fixed: &FixedSchema) -> String {
    named(&fixed.name, &format!(r#""fixed","size":{}"#, fixed.size))
}

fn named(name: &Name, rest: &str) -> String {
    format!(r#"{{"name":{},"type":{rest}}}"#, quoted(name.as_ref()))
}

fn list<T>(items: &[T], form: impl Fn(&T) -> String) -> String {
    items.iter().map(form).collect::<Vec<_>>().join(",")
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}
