//! Made-up values become text, the text becomes Avro, the Avro becomes values, and these become
//! text again: nothing is lost on the way, for any topic of either era in either layout.

use apache_avro::types::Value;
use kafkaefd::formats::avro::{Schema, decode, encode};
use kafkaefd::formats::sal::any::{self as any_value, Bytes};
use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{self, Layout, TopicSchema, schemas};
use kafkaefd::formats::sal::text::{self, Indexed, Stamp, TimeScale, Transform, Writer, split};
use kafkaefd::load::generator::Options;
use kafkaefd::load::mock::{Mock, Values};
use proptest::prelude::*;

use super::golden;

const NOW: i64 = 1_700_000_000_123;

/// What reads and writes the messages of a topic.
struct Way<'a> {
    topic: &'a TopicSchema,
    schema: Schema,
    transform: Transform,
    writer: Writer,
}

impl<'a> Way<'a> {
    fn new(topic: &'a TopicSchema, time: TimeScale) -> Way<'a> {
        let schema = Schema::parse(&topic.schema).unwrap();
        let indexed = if topic.indexed { Indexed::Always } else { Indexed::Never };
        let options = text::Options { time: Some(time), indexed };
        let transform = Transform::compile(&schema, options).unwrap();
        let writer = Writer::compile(&schema, Some(time)).unwrap();
        Way { topic, schema, transform, writer }
    }

    /// The record of `text`.
    fn read(&self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let name = &self.topic.topic;
        self.transform
            .write(&split(text.as_bytes()).unwrap(), NOW, &mut bytes)
            .unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        bytes
    }

    /// `values`, made up for the items, must be what comes of their text.
    fn go(&self, stamp: &Stamp, values: Vec<Value>) {
        let name = &self.topic.topic;
        let text = self
            .writer
            .write_items(stamp, values.iter().map(Some))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let bytes = self.read(&text);
        let Value::Record(mut record) = decode(&self.schema, &bytes).unwrap() else { panic!() };

        // The other way there, by apache-avro, writes the same bytes.
        for (field, value) in self.writer.fields().iter().zip(values) {
            let own = record.iter_mut().find(|(name, _)| *name == field.name).unwrap();
            own.1 = value;
        }
        let encoded = encode(&self.schema, &Value::Record(record.clone())).unwrap();
        assert!(encoded == bytes, "{name}: {text}");

        let mut again = Stamp::at(0);
        again.index = stamp.index;
        again.take(&record, self.writer.time());
        let second = self.writer.write(&again, &record).unwrap();
        assert_eq!(second, text);
        assert!(self.read(&second) == bytes, "{name}: {text}");
    }
}

fn stamp(topic: &TopicSchema) -> Stamp {
    Stamp { revcode: "a1, (b)".into(), index: topic.indexed.then_some(3), ..Stamp::at(NOW) }
}

fn made(era: &str, layout: Layout) -> Option<Vec<TopicSchema>> {
    let interfaces = Interfaces::read(&golden::path(era)?, &[]).unwrap();
    let options = layout::Options { generics: true, ..layout::Options::of(layout) };
    Some(schemas(&interfaces, &options))
}

fn all_return(era: &str, layout: Layout) {
    for (number, topic) in made(era, layout).unwrap_or_default().iter().enumerate() {
        let time = if number % 2 == 0 { TimeScale::Utc } else { TimeScale::Tai };
        let way = Way::new(topic, time);
        let seed = number as u64;
        // Debug builds are slow: of the two kinds of values each topic has one.
        let values = match number % 8 {
            0 => Values::Made(Options { seed, ..Options::default() }),
            _ => Values::Any(seed, topic.types.clone()),
        };
        let mut mock = Mock::new(&way.schema, values, None, None).unwrap();
        way.go(&stamp(topic), mock.values(NOW * 1_000).unwrap());
        // Nothing given: zero, no text, the first symbol.
        way.read(&way.writer.write(&stamp(topic), &[]).unwrap());
    }
}

#[test]
fn values_of_2019_return_in_the_layout_kafkaefd() {
    all_return("ts_xml-2019-01", Layout::Kafkaefd);
}

#[test]
fn values_of_2019_return_in_the_layout_ts_xml() {
    all_return("ts_xml-2019-01", Layout::TsXml);
}

#[test]
fn values_of_today_return_in_the_layout_kafkaefd() {
    all_return("ts_xml-28.0.1", Layout::Kafkaefd);
}

#[test]
fn values_of_today_return_in_the_layout_ts_xml() {
    all_return("ts_xml-28.0.1", Layout::TsXml);
}

/// A record with every type that items have.
fn every_type() -> TopicSchema {
    let item = |name: &str, more: &str| format!("<item><EFDB_Name>{name}</EFDB_Name>{more}</item>");
    let types = [
        "boolean",
        "byte",
        "char",
        "octet",
        "short",
        "unsigned short",
        "int",
        "unsigned int",
        "long",
        "unsigned long",
        "long long",
        "unsigned long long",
        "float",
        "double",
        "string",
    ];
    let mut items = String::new();
    for (at, idl) in types.iter().enumerate() {
        items += &item(&format!("one{at}"), &format!("<IDL_Type>{idl}</IDL_Type>"));
        let many = format!("<IDL_Type>{idl}</IDL_Type><Count>{}</Count>", at % 3 + 2);
        items += &item(&format!("many{at}"), &many);
    }
    let symbols = "<IDL_Type>int</IDL_Type><Enumeration>A=3,B=3,C=-7</Enumeration>";
    items += &item("state", symbols);
    items += &item("words", "<IDL_Type>string</IDL_Type>");
    let text = format!(
        "<SALEventSet><SALEvent><EFDB_Topic>X_logevent_t</EFDB_Topic>{items}</SALEvent></SALEventSet>"
    );
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("X")).unwrap();
    std::fs::write(folder.path().join("X/X_Events.xml"), text).unwrap();
    let interfaces = Interfaces::read(folder.path(), &[]).unwrap();
    schemas(&interfaces, &layout::Options::of(Layout::Kafkaefd)).swap_remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// As a fuzzer drives it.
    #[test]
    fn values_drawn_from_bytes_return(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let topic = every_type();
        let way = Way::new(&topic, TimeScale::Utc);
        let values = any_value::any(way.writer.fields(), &topic.types, &mut Bytes(&bytes));
        way.go(&stamp(&topic), values);
    }
}
