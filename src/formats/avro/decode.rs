//! Avro into plain values.

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::schema::{Name, Schema as Node};
use apache_avro::types::Value;

use super::error::{AvroError, Mismatch};
use super::schema::Schema;
use super::{layout, logical};

/// Decodes the Avro `bytes` (without a wire header) that were written with `schema`.
///
/// The value is plain: no unions; enums, UUIDs and decimals are strings; fixed are bytes; times
/// and dates are integers in the unit of their logical type. Damaged, truncated or surplus bytes
/// are an error that names the field; they never allocate more than they could fill.
pub fn decode(schema: &Schema, bytes: &[u8]) -> Result<Value, AvroError> {
    let failed = |place| AvroError::Decode { what: schema.title(), place };
    layout::check(schema, bytes).map_err(failed)?;
    let value = GenericDatumReader::builder(schema.node())
        .build()
        .and_then(|reader| reader.read_value(&mut &*bytes))
        .map_err(|error| failed(Mismatch::new(error.to_string())))?;
    Ok(plain(schema, schema.node(), value))
}

fn plain(schema: &Schema, node: &Node, value: Value) -> Value {
    match (value, resolve(schema, node)) {
        (Value::Union(index, item), Some(Node::Union(def))) => {
            match def.variants().get(index as usize) {
                Some(node) => plain(schema, node, *item),
                None => *item,
            }
        }
        (Value::Record(fields), Some(Node::Record(def))) => Value::Record(
            fields
                .into_iter()
                .zip(&def.fields)
                .map(|((name, value), field)| (name, plain(schema, &field.schema, value)))
                .collect(),
        ),
        (Value::Array(items), Some(Node::Array(def))) => {
            Value::Array(items.into_iter().map(|item| plain(schema, &def.items, item)).collect())
        }
        (Value::Map(items), Some(Node::Map(def))) => Value::Map(
            items.into_iter().map(|(key, item)| (key, plain(schema, &def.types, item))).collect(),
        ),
        (Value::Enum(_, symbol), _) => Value::String(symbol),
        (Value::Fixed(_, bytes), _) => Value::Bytes(bytes),
        (
            value @ (Value::Null
            | Value::Boolean(_)
            | Value::Int(_)
            | Value::Long(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::String(_)
            | Value::Bytes(_)),
            _,
        ) => value,
        (value, node) => logical::plain(node, value),
    }
}

fn resolve<'a>(schema: &'a Schema, node: &'a Node) -> Option<&'a Node> {
    let definition = |name: &Name| schema.named(name);
    match node {
        Node::Ref { name } => definition(name),
        _ => Some(node),
    }
}
