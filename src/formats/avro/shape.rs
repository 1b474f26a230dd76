//! What is written: a schema without its logical types.

use apache_avro::schema::{
    EnumSchema, FixedSchema, InnerDecimalSchema, RecordSchema, Schema as Node, UuidSchema,
};

use super::schema::Schema;

/// The types of the Avro specification, with what they are made of.
#[derive(Clone, Copy)]
pub(super) enum Shape<'a> {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Array(&'a Node),
    Map(&'a Node),
    Union(&'a [Node]),
    Record(&'a RecordSchema),
    Enum(&'a EnumSchema),
    Fixed(&'a FixedSchema),
}

impl<'a> Shape<'a> {
    /// The shape of `node`, which is part of `schema`: references are followed, logical types left
    /// out. None for a reference to a name that nothing defines.
    pub(super) fn of(schema: &'a Schema, node: &'a Node) -> Option<Shape<'a>> {
        Some(match node {
            Node::Null => Shape::Null,
            Node::Boolean => Shape::Boolean,
            Node::Int | Node::Date | Node::TimeMillis => Shape::Int,
            Node::Long
            | Node::TimeMicros
            | Node::TimestampMillis
            | Node::TimestampMicros
            | Node::TimestampNanos
            | Node::LocalTimestampMillis
            | Node::LocalTimestampMicros
            | Node::LocalTimestampNanos => Shape::Long,
            Node::Float => Shape::Float,
            Node::Double => Shape::Double,
            Node::Bytes | Node::BigDecimal | Node::Uuid(UuidSchema::Bytes) => Shape::Bytes,
            Node::String | Node::Uuid(UuidSchema::String) => Shape::String,
            Node::Array(array) => Shape::Array(&array.items),
            Node::Map(map) => Shape::Map(&map.types),
            Node::Union(union) => Shape::Union(union.variants()),
            Node::Record(record) => Shape::Record(record),
            Node::Enum(symbols) => Shape::Enum(symbols),
            Node::Fixed(fixed) | Node::Duration(fixed) | Node::Uuid(UuidSchema::Fixed(fixed)) => {
                Shape::Fixed(fixed)
            }
            Node::Decimal(decimal) => match &decimal.inner {
                InnerDecimalSchema::Bytes => Shape::Bytes,
                InnerDecimalSchema::Fixed(fixed) => Shape::Fixed(fixed),
            },
            Node::Ref { name } => return Shape::of(schema, schema.named(name)?),
        })
    }

    /// The word of the specification in capitals, as reasons of registries write it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Shape::Null => "NULL",
            Shape::Boolean => "BOOLEAN",
            Shape::Int => "INT",
            Shape::Long => "LONG",
            Shape::Float => "FLOAT",
            Shape::Double => "DOUBLE",
            Shape::Bytes => "BYTES",
            Shape::String => "STRING",
            Shape::Array(_) => "ARRAY",
            Shape::Map(_) => "MAP",
            Shape::Union(_) => "UNION",
            Shape::Record(_) => "RECORD",
            Shape::Enum(_) => "ENUM",
            Shape::Fixed(_) => "FIXED",
        }
    }
}
