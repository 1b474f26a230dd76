//! Nothing that arrives makes the reader panic, and what a mock writes is read back.

use std::path::Path;

use apache_avro::types::Value;
use kafkaefd::formats::avro::{Schema, decode};
use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{Layout, Options, TopicSchema, schemas};
use kafkaefd::formats::sal::text::{self, TimeScale, Transform, split};
use kafkaefd::load::generator;
use kafkaefd::load::mock::{Mock, Values};
use proptest::prelude::*;

fn demo(layout: Layout) -> Vec<TopicSchema> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/demo/interfaces");
    let interfaces = Interfaces::read(&folder, &[]).unwrap();
    schemas(&interfaces, &Options { generics: true, ..Options::of(layout) })
}

fn parts(topic: &TopicSchema, seed: u64) -> (Schema, Transform, Mock) {
    let schema = Schema::parse(&topic.schema).unwrap();
    let transform = Transform::compile(&schema, text::Options::default()).unwrap();
    let index = topic.indexed.then_some(1);
    let time = Some(TimeScale::Utc);
    let values = Values::Made(generator::Options { seed, ..generator::Options::default() });
    let mock = Mock::new(&schema, values, index, time).unwrap();
    (schema, transform, mock)
}

#[test]
fn messages_of_a_mock_are_read_back() {
    for layout in [Layout::Kafkaefd, Layout::TsXml] {
        for topic in demo(layout) {
            let (schema, transform, mut mock) = parts(&topic, 3);
            for now in 0..20 {
                let text = mock.text(now * 1_000_000, &[]).unwrap();
                let mut bytes = Vec::new();
                let message = split(text.as_bytes()).unwrap();
                transform.write(&message, now, &mut bytes).unwrap();
                decode(&schema, &bytes).unwrap();
            }
        }
    }
}

#[test]
fn the_texts_of_a_mock_say_the_values_of_its_twin() {
    for layout in [Layout::Kafkaefd, Layout::TsXml] {
        for topic in demo(layout) {
            let (schema, transform, mut mock) = parts(&topic, 3);
            let mut twin = parts(&topic, 3).2;
            for now in 0..5 {
                let text = mock.text(now * 1_000_000, &[]).unwrap();
                let mut bytes = Vec::new();
                transform.write(&split(text.as_bytes()).unwrap(), now, &mut bytes).unwrap();
                let Value::Record(record) = decode(&schema, &bytes).unwrap() else { panic!() };
                let values = twin.values(now * 1_000_000).unwrap();
                for (field, value) in twin.writer().fields().iter().zip(values) {
                    let read = record.iter().find(|(name, _)| *name == field.name);
                    assert_eq!(read.unwrap().1, value, "{} of {}", field.name, topic.topic);
                }
            }
        }
    }
}

#[test]
fn equal_seeds_make_equal_messages() {
    let topics = demo(Layout::Kafkaefd);
    let wind = topics.iter().find(|topic| topic.topic == "Weather_wind").unwrap();
    let texts = |seed| {
        let mut mock = parts(wind, seed).2;
        (0..5).map(|now| mock.text(now * 1_000, &[]).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(texts(1), texts(1));
    assert_ne!(texts(1), texts(2));
}

/// Digits, signs, quotes and separators in an order that no producer writes.
fn tokens() -> impl Strategy<Value = Vec<u8>> {
    let token = prop::sample::select(vec![
        "'",
        "' , '",
        " , ",
        ",",
        ", ",
        "(",
        ")",
        ":(",
        "-",
        "+",
        ".",
        "e",
        "1",
        "0",
        "12345678",
        "99999999999999999999",
        "nan",
        "-inf",
        "1e400",
        "true",
        " ",
        "\n",
        "µ",
        "\u{0}",
        "a",
    ]);
    prop::collection::vec(token, 0..60).prop_map(|all| all.concat().into_bytes())
}

fn never_panics(topics: &[TopicSchema], text: &[u8]) {
    let Ok(message) = split(text) else { return };
    for topic in topics {
        let (schema, transform, _) = parts(topic, 1);
        let mut bytes = b"kept".to_vec();
        let message = text::Message { topic: &topic.topic, ..message };
        match transform.write(&message, 0, &mut bytes) {
            Ok(()) => drop(decode(&schema, &bytes[4..]).unwrap()),
            Err(error) => assert!(bytes == b"kept" && !error.to_string().is_empty()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = split(&bytes);
        let framed = [b"X_t X_t:(", &bytes[..], b")"].concat();
        never_panics(&demo(Layout::Kafkaefd)[..2], &framed);
    }

    #[test]
    fn random_tokens_never_panic(tokens in tokens()) {
        let framed = [b"X_t X_t:( 'R' , 1.5 , 2.5 , 3 , 4 , 5 , ", &tokens[..], b")"].concat();
        never_panics(&demo(Layout::Kafkaefd)[..4], &framed);
    }

    #[test]
    fn mutated_messages_never_panic(
        at in 0_usize..400,
        with in tokens(),
        seed in 0_u64..50,
        which in 0_usize..8,
    ) {
        let topics = demo(Layout::Kafkaefd);
        let topic = &topics[which];
        let mut text = parts(topic, seed).2.text(1_000_000, &[]).unwrap().into_bytes();
        let at = at % text.len();
        text.splice(at..(at + 3).min(text.len()), with);
        never_panics(std::slice::from_ref(topic), &text);
    }

    #[test]
    fn numbers_are_what_the_standard_library_reads(
        sign in prop::sample::select(vec!["", "-", "+"]),
        whole in "[0-9]{1,20}",
        rest in "(\\.[0-9]{0,20})?(e[+-]?[0-9]{1,3})?",
    ) {
        let number = format!("{sign}{whole}{rest}");
        let schema = r#"{"type": "record", "name": "t", "namespace": "lsst.sal.X", "fields": [
            {"name": "private_sndStamp", "type": "double"}, {"name": "a", "type": "double"}]}"#;
        let schema = Schema::parse(schema).unwrap();
        let transform = Transform::compile(&schema, text::Options::default()).unwrap();
        let text = format!("X_telemetry X_t:( '' , 0 , 0 , 0 , 0 , 0 , {number})");
        let mut bytes = Vec::new();
        transform.write(&split(text.as_bytes()).unwrap(), 0, &mut bytes).unwrap();
        let wanted: f64 = number.parse().unwrap();
        prop_assert_eq!(&bytes[8..], &wanted.to_le_bytes()[..], "{}", number);
    }
}
