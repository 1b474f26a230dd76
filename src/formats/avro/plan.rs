//! A writer compiled from the schema of a flat record: what to write, in order, without names.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::{AvroError, Schema};

/// The fields of a record in the order in which Avro writes them.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The record's name without its namespace.
    pub name: String,
    /// Its namespace; empty where it has none.
    pub namespace: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One field of a [`Plan`].
#[derive(Debug, Clone)]
pub struct Field {
    /// The field's name, for errors.
    pub name: String,
    /// What a value of it is.
    pub shape: Shape,
    /// The branch of the value where the field is a union with null.
    pub branch: Option<i64>,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub enum Shape {
    /// One value.
    One(Scalar),
    /// An array; `count` is its length where the schema tells (`sal_count`, or the default value).
    Many {
        /// The type of each item.
        items: Scalar,
        /// How many there are.
        count: Option<usize>,
    },
}

/// A type that holds no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// `boolean`
    Boolean,
    /// `int`: 32 bits
    Int,
    /// `long`: 64 bits
    Long,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `bytes`
    Bytes,
    /// `string`
    String,
    /// `enum`
    Enum(Symbols),
}

/// The symbols of an enum with the number that stands for each outside of Avro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbols {
    /// In the order of the schema.
    pub names: Vec<String>,
    /// The attribute `sal_values`, else 0, 1, 2, …
    pub values: Vec<i64>,
}

impl Plan {
    /// Compiles the record `schema`. Its fields may be primitives, enums, arrays of these, and
    /// unions of one of these with null; anything else is an error that names the field.
    pub fn compile(schema: &Schema) -> Result<Plan, AvroError> {
        let fail = |why: String| AvroError::Plan { name: schema.name().to_owned(), why };
        let json = schema.json();
        let fields = json.get("fields").and_then(Json::as_array);
        let fields = fields.ok_or_else(|| fail("it is no record".into()))?;
        let mut known = HashMap::new();
        let mut plan = Vec::with_capacity(fields.len());
        for field in fields {
            let name = field.get("name").and_then(Json::as_str).unwrap_or_default();
            plan.push(
                compile_field(name, field, &mut known)
                    .map_err(|what| fail(format!("field `{name}` is {what}")))?,
            );
        }
        let (namespace, name) = schema.name().rsplit_once('.').unwrap_or(("", schema.name()));
        Ok(Plan { name: name.to_owned(), namespace: namespace.to_owned(), fields: plan })
    }
}

/// More values than one field of a message can have; interfaces are held against the same bound.
const MOST_ITEMS: u64 = 1_000_000;

type Known = HashMap<String, Symbols>;

fn compile_field(name: &str, field: &Json, known: &mut Known) -> Result<Field, String> {
    let kind = field.get("type").unwrap_or(&Json::Null);
    let Some(branches) = kind.as_array() else {
        let shape = shape(kind, field.get("default"), known)?;
        return Ok(Field { name: name.to_owned(), shape, branch: None });
    };
    let is_null = |branch: &Json| branch.as_str() == Some("null");
    let value = branches.iter().position(|branch| !is_null(branch));
    match (value, branches.as_slice()) {
        (Some(at), [one, other]) if is_null(one) || is_null(other) => {
            let kind = if at == 0 { one } else { other };
            let shape = shape(kind, None, known)?;
            Ok(Field { name: name.to_owned(), shape, branch: Some(at as i64) })
        }
        _ => Err("a union of more than null and one type".into()),
    }
}

fn shape(kind: &Json, default: Option<&Json>, known: &mut Known) -> Result<Shape, String> {
    if kind.get("type").and_then(Json::as_str) != Some("array") {
        return scalar(kind, known).map(Shape::One);
    }
    let items = scalar(kind.get("items").unwrap_or(&Json::Null), known)?;
    let counted = kind.get("sal_count").map(count).transpose()?;
    let filled = || default.and_then(Json::as_array).map(Vec::len).filter(|&length| length > 0);
    Ok(Shape::Many { items, count: counted.or_else(filled) })
}

fn count(attribute: &Json) -> Result<usize, String> {
    let valid = attribute.as_u64().filter(|count| (1..=MOST_ITEMS).contains(count));
    valid.map(|count| count as usize).ok_or_else(|| {
        format!("an array whose `sal_count` is {attribute}, not an integer from 1 to {MOST_ITEMS}")
    })
}

fn scalar(kind: &Json, known: &mut Known) -> Result<Scalar, String> {
    let word = kind.as_str().or_else(|| kind.get("type").and_then(Json::as_str));
    Ok(match word {
        Some("boolean") => Scalar::Boolean,
        Some("int") => Scalar::Int,
        Some("long") => Scalar::Long,
        Some("float") => Scalar::Float,
        Some("double") => Scalar::Double,
        Some("bytes") => Scalar::Bytes,
        Some("string") => Scalar::String,
        Some("enum") => {
            let symbols = symbols(kind);
            let name = kind.get("name").and_then(Json::as_str).unwrap_or_default();
            known.insert(name.to_owned(), symbols.clone());
            Scalar::Enum(symbols)
        }
        Some(name) if known.contains_key(name) => Scalar::Enum(known[name].clone()),
        Some(word) => return Err(format!("of the type `{word}`")),
        None => return Err("of a nested type".into()),
    })
}

fn symbols(kind: &Json) -> Symbols {
    let names = kind.get("symbols").and_then(Json::as_array).into_iter().flatten();
    let names: Vec<String> = names.filter_map(Json::as_str).map(str::to_owned).collect();
    let given = kind.get("sal_values").and_then(Json::as_array);
    let given: Option<Vec<i64>> = given.and_then(|all| all.iter().map(Json::as_i64).collect());
    let values = given
        .filter(|values| values.len() == names.len())
        .unwrap_or_else(|| (0..names.len() as i64).collect());
    Symbols { names, values }
}

/// Appends an `int` or `long`: zig-zag, seven bits a byte, least significant first.
#[inline]
pub fn put_long(value: i64, out: &mut Vec<u8>) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Appends `bytes` or a `string`: the length, then the bytes.
#[inline]
pub fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    put_long(bytes.len() as i64, out);
    out.extend_from_slice(bytes);
}

/// Appends a `double`.
#[inline]
pub fn put_double(value: f64, out: &mut Vec<u8>) {
    out.extend_from_slice(&value.to_le_bytes());
}
