//! Plain values into Avro: each value is fitted to its schema, then the codec writes it.

use std::collections::HashMap;

use apache_avro::schema::{RecordSchema, ResolvedSchema, Schema as Node};
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;

use super::error::{AvroError, Mismatch, Step};
use super::schema::{Schema, kind_word};
use super::{logical, union};
use crate::nearest::nearest;

/// How deep values may be nested: a recursive schema must not exhaust the stack.
pub(super) const DEPTH: usize = 200;

/// Encodes a plain `value` by `schema`, without a wire header.
///
/// Numbers, strings, maps, arrays and bytes are taken as the schema wants them; a union takes the
/// value itself. A missing field takes its default. The error names the field.
pub fn encode(schema: &Schema, value: &Value) -> Result<Vec<u8>, AvroError> {
    fitted(schema, value, Fit { schema, text_as_bytes: false })
}

/// The same for `node`, which is a part of `schema`.
pub fn encode_part(schema: &Schema, node: &Node, value: &Value) -> Result<Vec<u8>, AvroError> {
    part(schema, node, value, Fit { schema, text_as_bytes: false })
}

/// Encodes `value` as `fit` sees it.
pub(super) fn fitted(schema: &Schema, value: &Value, fit: Fit) -> Result<Vec<u8>, AvroError> {
    part(schema, schema.node(), value, fit)
}

fn part(schema: &Schema, node: &Node, value: &Value, fit: Fit) -> Result<Vec<u8>, AvroError> {
    let failed = |place| AvroError::Encode { what: schema.title(), place };
    let fitted = fit.value(node, value, 0).map_err(failed)?;
    // The part may refer to what the rest of the schema defines.
    ResolvedSchema::try_from(schema.node())
        .and_then(|all| {
            let writer = GenericDatumWriter::builder(node).resolved_schemata(all);
            writer.validate(false).build()
        })
        .and_then(|writer| writer.write_value_to_vec(fitted))
        .map_err(|error| failed(Mismatch::new(error.to_string())))
}

/// Turns plain values into the codec's, which name union branches and logical types.
#[derive(Clone, Copy)]
pub(super) struct Fit<'s> {
    schema: &'s Schema,
    /// Whether the value was JSON, or is a default of the schema: there, bytes are strings of code
    /// points up to 255 (Avro specification, "default values" and "JSON encoding").
    text_as_bytes: bool,
}

impl<'s> Fit<'s> {
    /// The fit of values that were JSON.
    pub(super) fn of_json(schema: &'s Schema) -> Fit<'s> {
        Fit { schema, text_as_bytes: true }
    }
}

impl Fit<'_> {
    pub(super) fn value(self, node: &Node, value: &Value, depth: usize) -> Result<Value, Mismatch> {
        if depth > DEPTH {
            return Err(Mismatch::new(format!("nested deeper than {DEPTH} levels")));
        }
        let value = inner(value);
        match (node, value) {
            (Node::Ref { name }, _) => match self.schema.named(name) {
                Some(node) => self.value(node, value, depth + 1),
                None => Err(Mismatch::new(format!("the schema does not define {name}"))),
            },
            (Node::Null, Value::Null) => Ok(Value::Null),
            (Node::Float | Node::Double, _) => float(node, value),
            (Node::Boolean, Value::Boolean(_)) | (Node::String, Value::String(_)) => {
                Ok(value.clone())
            }
            (Node::Bytes, _) => self.bytes(node, value).map(Value::Bytes),
            (Node::Fixed(fixed), _) => {
                let bytes = self.bytes(node, value)?;
                sized(bytes, fixed.size).map(|bytes| Value::Fixed(fixed.size, bytes))
            }
            (Node::Enum(def), Value::String(symbol)) => symbol_of(&def.symbols, symbol),
            (Node::Array(def), Value::Array(items)) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    self.value(&def.items, item, depth + 1)
                        .map_err(|error| error.inside(Step::Item(index)))
                });
                items.collect::<Result<_, _>>().map(Value::Array)
            }
            (Node::Map(def), Value::Map(_) | Value::Record(_)) => {
                let entries = entries(value).into_iter().map(|(key, item)| {
                    let item = self.value(&def.types, item, depth + 1);
                    item.map(|item| (key.to_owned(), item))
                        .map_err(|error| error.inside(Step::Key(key.to_owned())))
                });
                entries.collect::<Result<_, _>>().map(Value::Map)
            }
            (Node::Record(def), Value::Map(_) | Value::Record(_)) => {
                self.record(def, &entries(value), depth)
            }
            (Node::Union(def), _) => union::pick(self, def, value, depth),
            _ => logical::fit(node, value),
        }
    }

    fn record(
        self,
        def: &RecordSchema,
        given: &HashMap<&str, &Value>,
        depth: usize,
    ) -> Result<Value, Mismatch> {
        let known = |name: &str| def.fields.iter().any(|field| field.name == name);
        if let Some(stray) = given.keys().filter(|name| !known(name)).min() {
            let names = def.fields.iter().map(|field| field.name.as_str());
            let reason = match nearest(stray, names) {
                Some(near) => format!("no such field in the schema; did you mean {near}?"),
                None => "no such field in the schema".to_owned(),
            };
            return Err(Mismatch::new(reason).inside(Step::Field((*stray).to_owned())));
        }
        let mut fields = Vec::with_capacity(def.fields.len());
        for field in &def.fields {
            let fitted = match (given.get(field.name.as_str()), &field.default) {
                (Some(value), _) => self.value(&field.schema, value, depth + 1),
                (None, Some(default)) => self.default(&field.schema, default, depth),
                (None, None) => {
                    Err(Mismatch::new("the value is missing and the schema has no default"))
                }
            };
            let value = fitted.map_err(|error| error.inside(Step::Field(field.name.clone())))?;
            fields.push((field.name.clone(), value));
        }
        Ok(Value::Record(fields))
    }

    fn default(
        self,
        node: &Node,
        json: &serde_json::Value,
        depth: usize,
    ) -> Result<Value, Mismatch> {
        let value = Value::try_from(json.clone())
            .map_err(|error| Mismatch::new(format!("its default: {error}")))?;
        Fit { text_as_bytes: true, ..self }.value(node, &value, depth + 1)
    }

    fn bytes(self, node: &Node, value: &Value) -> Result<Vec<u8>, Mismatch> {
        match value {
            Value::Bytes(bytes) | Value::Fixed(_, bytes) => Ok(bytes.clone()),
            Value::String(text) if self.text_as_bytes => text
                .chars()
                .map(|c| u8::try_from(u32::from(c)))
                .collect::<Result<_, _>>()
                .map_err(|_| Mismatch::new("bytes in JSON have no character above U+00FF")),
            _ => Err(Mismatch::expected(&kind_word(node), got(value))),
        }
    }
}

/// The value inside a union of the codec.
pub(super) fn inner(value: &Value) -> &Value {
    match value {
        Value::Union(_, item) => inner(item),
        _ => value,
    }
}

/// The entries of a map or record.
pub(super) fn entries(value: &Value) -> HashMap<&str, &Value> {
    match value {
        Value::Map(map) => map.iter().map(|(key, item)| (key.as_str(), item)).collect(),
        Value::Record(fields) => fields.iter().map(|(key, item)| (key.as_str(), item)).collect(),
        _ => HashMap::new(),
    }
}

fn float(node: &Node, value: &Value) -> Result<Value, Mismatch> {
    let number = match value {
        Value::Double(x) => *x,
        Value::Float(x) => f64::from(*x),
        _ => match logical::integer(value) {
            Some(i) => i as f64,
            None => return Err(Mismatch::expected(&kind_word(node), got(value))),
        },
    };
    if matches!(node, Node::Double) {
        return Ok(Value::Double(number));
    }
    let narrow = number as f32;
    if narrow.is_infinite() && number.is_finite() {
        return Err(Mismatch::new(format!("{number:e} is out of the range of float")));
    }
    Ok(Value::Float(narrow))
}

pub(super) fn sized(bytes: Vec<u8>, size: usize) -> Result<Vec<u8>, Mismatch> {
    if bytes.len() == size {
        return Ok(bytes);
    }
    Err(Mismatch::new(format!("expected {size} bytes, got {}", bytes.len())))
}

fn symbol_of(symbols: &[String], symbol: &str) -> Result<Value, Mismatch> {
    match symbols.iter().position(|known| known == symbol) {
        Some(index) => Ok(Value::Enum(index as u32, symbol.to_owned())),
        None => Err(Mismatch::new(format!(
            "{symbol:?} is no symbol of the enum; it has {}",
            symbols.join(", ")
        ))),
    }
}

/// A value as messages show it: its type and, if short, itself.
pub(super) fn got(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(b) => format!("boolean {b}"),
        Value::Float(x) => format!("float {x:?}"),
        Value::Double(x) => format!("float {x:?}"),
        Value::String(text) if text.chars().count() <= 40 => format!("string {text:?}"),
        Value::String(text) => {
            let start: String = text.chars().take(37).collect();
            format!("string {:?}", format!("{start}..."))
        }
        Value::Bytes(bytes) | Value::Fixed(_, bytes) => format!("a blob of {} bytes", bytes.len()),
        Value::Array(items) => format!("an array of {} items", items.len()),
        Value::Map(_) | Value::Record(_) => "a map".to_owned(),
        other => match logical::integer(other) {
            Some(i) => format!("int {i}"),
            None => format!("{other:?}"),
        },
    }
}
