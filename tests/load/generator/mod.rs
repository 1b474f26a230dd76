//! Made-up records.

mod fields;
mod sal;
mod types;

use apache_avro::types::Value;
use kafkaefd::formats::avro::Schema;
use kafkaefd::load::generator::{Generator, Options};

/// Noon of 2026-01-01, in microseconds since 1970.
const NOON: i64 = 1_767_268_800_000_000;

fn schema(text: &str) -> Schema {
    Schema::parse(text).unwrap()
}

fn generator(text: &str, seed: u64) -> Generator {
    Generator::compile(&schema(text), Options { seed, ..Options::default() }).unwrap()
}

/// The field `name` of a record.
fn field<'v>(value: &'v Value, name: &str) -> &'v Value {
    let Value::Record(fields) = value else { panic!("no record: {value:?}") };
    &fields.iter().find(|(own, _)| own == name).unwrap().1
}

/// The number in a plain value.
fn number(value: &Value) -> f64 {
    match value {
        Value::Long(number) => *number as f64,
        Value::Int(number) => f64::from(*number),
        Value::Double(number) => *number,
        Value::Float(number) => f64::from(*number),
        other => panic!("no number: {other:?}"),
    }
}
