//! Every type of Avro gets values that its own decoder takes.

use apache_avro::types::Value;
use kafkaefd::load::generator::{Generator, Options};

use super::{NOON, field, generator, schema};

const ALL: &str = r#"{"type":"record","name":"All","fields":[
    {"name":"null","type":"null"},
    {"name":"boolean","type":"boolean"},
    {"name":"int","type":"int"},
    {"name":"long","type":"long"},
    {"name":"float","type":"float"},
    {"name":"double","type":"double"},
    {"name":"bytes","type":"bytes"},
    {"name":"string","type":"string"},
    {"name":"enum","type":{"type":"enum","name":"Colour","symbols":["red","green"]}},
    {"name":"again","type":"Colour"},
    {"name":"fixed","type":{"type":"fixed","name":"Five","size":5}},
    {"name":"maybe","type":["null","double"]},
    {"name":"either","type":["string","long","null",{"type":"array","items":"int"}]},
    {"name":"array","type":{"type":"array","items":"string"}},
    {"name":"grid","type":{"type":"array","items":{"type":"array","items":"double"}}},
    {"name":"map","type":{"type":"map","values":"Colour"}},
    {"name":"inner","type":{"type":"record","name":"Inner","fields":[
        {"name":"x","type":"double"},{"name":"y","type":"double"}]}},
    {"name":"date","type":{"type":"int","logicalType":"date"}},
    {"name":"of_day","type":{"type":"int","logicalType":"time-millis"}},
    {"name":"of_day_micros","type":{"type":"long","logicalType":"time-micros"}},
    {"name":"millis","type":{"type":"long","logicalType":"timestamp-millis"}},
    {"name":"micros","type":{"type":"long","logicalType":"timestamp-micros"}},
    {"name":"nanos","type":{"type":"long","logicalType":"timestamp-nanos"}},
    {"name":"uuid","type":{"type":"string","logicalType":"uuid"}},
    {"name":"span","type":{"type":"fixed","name":"Span","size":12,"logicalType":"duration"}},
    {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}},
    {"name":"sum","type":{"type":"fixed","name":"Sum","size":10,"logicalType":"decimal",
        "precision":20,"scale":3}}
]}"#;

#[test]
fn each_type_is_made() {
    let mut generator = generator(ALL, 1);
    let mut nulls = 0;
    for _ in 0..1_000 {
        let record = generator.value(NOON).unwrap();
        nulls += usize::from(*field(&record, "maybe") == Value::Null);
        assert_eq!(*field(&record, "date"), Value::Long(20_454));
        assert_eq!(*field(&record, "of_day"), Value::Long(43_200_000));
        assert_eq!(*field(&record, "millis"), Value::Long(NOON / 1_000));
        assert_eq!(*field(&record, "nanos"), Value::Long(NOON * 1_000));
    }
    assert!((10..200).contains(&nulls), "{nulls} of 1000 are null");
}

#[test]
fn equal_seeds_make_equal_records() {
    let records = |seed| {
        let (mut generator, mut out) = (generator(ALL, seed), Vec::new());
        (0..50).for_each(|_| generator.write(NOON, &mut out).unwrap());
        out
    };
    assert_eq!(records(7), records(7));
    assert_ne!(records(7), records(8));
}

#[test]
fn a_schema_may_contain_itself() {
    let tree = r#"{"type":"record","name":"Tree","fields":[
        {"name":"left","type":["null","Tree"]},{"name":"twigs","type":{"type":"array",
        "items":"Tree"}}]}"#;
    let mut generator = generator(tree, 3);
    for _ in 0..10 {
        generator.value(NOON).unwrap();
    }
}

#[test]
fn a_schema_without_an_end_is_refused() {
    let endless =
        r#"{"type":"record","name":"Endless","fields":[{"name":"next","type":"Endless"}]}"#;
    let error = Generator::compile(&schema(endless), Options::default()).err().unwrap();
    assert_eq!(
        error.to_string(),
        "cannot make up values of `Endless`: it contains itself without end"
    );
}

#[test]
fn an_array_has_the_length_of_its_default() {
    let default = r#"{"type":"record","name":"Row","fields":[{"name":"cells",
        "type":{"type":"array","items":"float"},"default":[0,0,0,0,0,0,0]}]}"#;
    let record = generator(default, 1).value(NOON).unwrap();
    let Value::Array(cells) = field(&record, "cells") else { panic!("{record:?}") };
    assert_eq!(cells.len(), 7);
}
