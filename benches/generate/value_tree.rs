//! The same records by way of apache-avro: a tree of `Value`, and the tree as bytes.

use apache_avro::Schema as Node;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use fastrand::Rng;
use kafkaefd::formats::avro::Schema;

/// A reused writer, and what is known of each field beforehand.
pub struct ValueTree<'a> {
    writer: GenericDatumWriter<'a>,
    fields: Vec<Field<'a>>,
    rng: Rng,
    sequence: i64,
}

struct Field<'a> {
    name: &'a str,
    source: Source,
}

/// Where the values of a field come from.
enum Source {
    Millis,
    Seconds,
    Sequence,
    Revcode(String),
    One,
    Long(f64),
    Float(f64),
    Double(f64),
    Floats(Vec<f64>),
}

impl<'a> ValueTree<'a> {
    pub fn new(schema: &'a Schema) -> ValueTree<'a> {
        let Node::Record(record) = schema.node() else { panic!("a record is wanted") };
        let writer = GenericDatumWriter::builder(schema.node()).build().unwrap();
        let field = |field: &'a apache_avro::schema::RecordField| Field {
            name: &field.name,
            source: source(&field.name, &field.schema),
        };
        let fields = record.fields.iter().map(field).collect();
        ValueTree { writer, fields, rng: Rng::with_seed(1), sequence: 0 }
    }

    pub fn write(&mut self, now_ms: i64, out: &mut Vec<u8>) {
        self.sequence += 1;
        let (rng, sequence) = (&mut self.rng, self.sequence);
        let fields = self.fields.iter_mut().map(|field| {
            let value = match &mut field.source {
                Source::Millis => Value::TimestampMillis(now_ms),
                Source::Seconds => Value::Double(now_ms as f64 / 1e3),
                Source::Sequence => Value::Long(sequence),
                Source::Revcode(text) => Value::String(text.clone()),
                Source::One => Value::Int(1),
                Source::Long(at) => Value::Long(walk(at, rng).round() as i64),
                Source::Float(at) => Value::Float(walk(at, rng) as f32),
                Source::Double(at) => Value::Double(walk(at, rng)),
                Source::Floats(all) => Value::Array(
                    all.iter_mut().map(|at| Value::Float(walk(at, rng) as f32)).collect(),
                ),
            };
            (field.name.to_owned(), value)
        });
        let record = Value::Record(fields.collect());
        self.writer.write_value_ref(out, &record).unwrap();
    }
}

fn source(name: &str, schema: &Node) -> Source {
    match (name, schema) {
        ("timestamp", _) => Source::Seconds,
        ("sal_sequence", _) => Source::Sequence,
        ("sal_origin" | "sal_host", _) => Source::One,
        (_, Node::TimestampMillis) => Source::Millis,
        (_, Node::String) => Source::Revcode("a1b2c3d4".to_owned()),
        (_, Node::Long) => Source::Long(50.0),
        (_, Node::Float) => Source::Float(50.0),
        (_, Node::Double) => Source::Double(50.0),
        (_, Node::Array(array)) => {
            let count = array.attributes.get("sal_count").and_then(serde_json::Value::as_u64);
            Source::Floats(vec![50.0; count.unwrap() as usize])
        }
        (_, other) => panic!("no value for {other:?}"),
    }
}

/// A step of at most 2 up or down, between 0 and 100.
fn walk(at: &mut f64, rng: &mut Rng) -> f64 {
    *at = (*at + 2.0 * (2.0 * rng.f64() - 1.0)).clamp(0.0, 100.0);
    *at
}
