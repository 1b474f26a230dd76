//! The same transform by way of apache-avro: text into a `Value` tree, the tree into bytes.

use std::hint::black_box;

use apache_avro::Schema as Node;
use apache_avro::schema::RecordField;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use kafkaefd::formats::avro::Schema;

use crate::messages::NOW;

/// A reused writer, and the fields that name the values.
pub struct ValuePath<'a> {
    writer: GenericDatumWriter<'a>,
    fields: &'a [RecordField],
}

impl<'a> ValuePath<'a> {
    pub fn new(schema: &'a Schema) -> ValuePath<'a> {
        let Node::Record(record) = schema.node() else { panic!("a record is wanted") };
        let writer = GenericDatumWriter::builder(schema.node()).build().unwrap();
        ValuePath { writer, fields: &record.fields }
    }

    pub fn write(&self, text: &[u8], out: &mut Vec<u8>) {
        out.clear();
        let text = std::str::from_utf8(black_box(text)).unwrap();
        let open = text.find('(').unwrap();
        let mut items = text[open + 1..text.len() - 1].split(',').map(str::trim);
        let mut head = [""; 6];
        for item in &mut head {
            *item = items.next().unwrap();
        }
        let mut record = Vec::with_capacity(self.fields.len());
        for field in self.fields {
            let value = match field.name.as_str() {
                "kafka_timestamp" => Value::TimestampMillis(NOW),
                "sal_revcode" => quoted(head[0]),
                "sal_created" => Value::TimestampMillis(millis(head[1])),
                "sal_ingested" => Value::TimestampMillis(millis(head[2])),
                "sal_sequence" => Value::Long(head[3].parse().unwrap()),
                "sal_origin" => Value::Int(head[4].parse().unwrap()),
                "sal_host" => Value::Int(head[5].parse().unwrap()),
                _ => item(field, &mut items),
            };
            record.push((field.name.clone(), value));
        }
        self.writer.write_value_ref(out, &Value::Record(record)).unwrap();
        black_box(&*out);
    }
}

fn item<'t>(field: &RecordField, items: &mut impl Iterator<Item = &'t str>) -> Value {
    let Node::Array(array) = &field.schema else {
        return scalar(&field.schema, items.next().unwrap());
    };
    let count = array.attributes.get("sal_count").and_then(serde_json::Value::as_u64).unwrap();
    Value::Array((0..count).map(|_| scalar(&array.items, items.next().unwrap())).collect())
}

fn scalar(schema: &Node, text: &str) -> Value {
    match schema {
        Node::Boolean => Value::Boolean(text == "1"),
        Node::Int => Value::Int(text.parse().unwrap()),
        Node::Long => Value::Long(text.parse().unwrap()),
        Node::Float => Value::Float(text.parse::<f64>().unwrap() as f32),
        Node::Double => Value::Double(text.parse().unwrap()),
        Node::String => quoted(text),
        other => panic!("no value for {other:?}"),
    }
}

fn quoted(text: &str) -> Value {
    Value::String(text.trim_matches('\'').to_owned())
}

fn millis(text: &str) -> i64 {
    (text.parse::<f64>().unwrap() * 1_000.0).floor() as i64
}
