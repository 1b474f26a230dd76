//! Records of SAL topics: what their fields hold is what their units and names say.

use apache_avro::types::Value;
use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{Layout, Options as LayoutOptions, schemas};
use kafkaefd::load::generator::{Generator, Options};
use serde_json::Value as Json;

use super::{NOON, field, number};
use crate::formats::sal::golden;

/// What a field in these units may hold.
const RANGES: &[(&[&str], f64, f64)] = &[
    (&["deg_C", "degC", "Celsius", "deg C"], 0.0, 25.0),
    (&["deg", "degree", "degrees", "Degrees"], 0.0, 360.0),
    (&["%", "percent", "pct"], 0.0, 100.0),
    (&["Volt", "volt", "V"], 0.0, 24.0),
    (&["mA", "milliampere"], 0.0, 1000.0),
    (&["A", "Amp", "ampere"], 0.0, 10.0),
    (&["Pa", "pascal", "Pascal"], 72_000.0, 76_000.0),
    (&["mm", "millimeter"], -10.0, 10.0),
    (&["m/s"], 0.0, 20.0),
    (&["rpm"], 0.0, 3000.0),
    (&["hour", "h"], 0.0, 24.0),
    (&["ms", "millisecond"], 0.0, 1000.0),
    (&["N", "newton", "Newtons"], -1000.0, 1000.0),
    (&["psia", "psig"], 0.0, 100.0),
    (&["Watt", "W", "watt"], 0.0, 1000.0),
    (&["micron", "um"], -100.0, 100.0),
    (&["second", "s"], 0.0, 60.0),
    (&["bar"], 0.0, 10.0),
    (&["Torr"], 0.0, 0.001),
    (&["N m"], -100.0, 100.0),
    (&["VA"], 0.0, 1000.0),
    (&["Hz"], 0.0, 100.0),
    (&["arcsec"], -60.0, 60.0),
    (&["l/min"], 0.0, 50.0),
    (&["kW"], 0.0, 100.0),
    (&["mV"], 0.0, 1000.0),
    (&["deg/second", "deg/s"], -3.0, 3.0),
    (&["m"], 0.0, 100.0),
    (&["kg"], 0.0, 100.0),
];

#[test]
fn every_field_of_the_observatory_lies_in_the_range_of_its_unit() {
    let Some(folder) = golden::path("ts_xml-28.0.1") else { return };
    let interfaces = Interfaces::read(&folder, &[]).unwrap();
    let (mut seen, mut hand_written) = (vec![0; RANGES.len()], 0);
    for layout in [Layout::Kafkaefd, Layout::TsXml] {
        for topic in schemas(&interfaces, &LayoutOptions::of(layout)) {
            let schema = Schema::parse(&topic.schema).unwrap();
            // Only the cameras' own schemas have unions.
            hand_written += usize::from(topic.schema.contains("\"null\""));
            let mut generator = Generator::compile(&schema, Options::default()).unwrap();
            let records: Vec<Value> = (0..3).map(|_| generator.value(NOON).unwrap()).collect();
            for attributes in schema.json()["fields"].as_array().unwrap() {
                check(attributes, &records, &mut seen);
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
    assert!(hand_written > 50, "{hand_written} schemas have unions");
}

/// Holds what `records` have in a field against its unit and its count.
fn check(attributes: &Json, records: &[Value], seen: &mut [usize]) {
    let name = attributes["name"].as_str().unwrap();
    let unit = attributes.get("units").or_else(|| attributes.get("sal_units"));
    let unit = unit.and_then(Json::as_str).unwrap_or_default();
    let range = RANGES.iter().position(|(units, ..)| units.contains(&unit));
    for record in records {
        let value = field(record, name);
        let values = match value {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        if let Some(count) = attributes["type"].get("sal_count") {
            assert_eq!(values.len() as u64, count.as_u64().unwrap(), "{name}");
        }
        if let Some(items) = attributes.get("default").and_then(Json::as_array) {
            assert_eq!(values.len(), items.len(), "{name}");
        }
        if name.to_lowercase().ends_with("stamp") {
            // The cameras' own schemas have theirs in milliseconds.
            if name == "timestamp" && unit == "millisecond" {
                assert_eq!(values, [Value::Long(NOON / 1_000)]);
            }
            continue;
        }
        let Some(range) = range else { continue };
        let (_, low, high) = RANGES[range];
        let other =
            |value: &&Value| matches!(value, Value::String(_) | Value::Boolean(_) | Value::Null);
        for number in values.iter().filter(|value| !other(value)).map(number) {
            assert!((low..=high).contains(&number), "{name} in {unit}: {number}");
            seen[range] += 1;
        }
    }
}

#[test]
fn stamps_are_now_and_sequences_count() {
    let Some(folder) = golden::path("ts_xml-28.0.1") else { return };
    let interfaces = Interfaces::read(&folder, &[]).unwrap();
    let noon = NOON as f64 / 1e6;
    for (layout, stamps, sequence) in [
        (
            Layout::TsXml,
            [("private_sndStamp", noon + 37.0), ("private_efdStamp", noon)],
            "private_seqNum",
        ),
        (
            Layout::Kafkaefd,
            [("sal_created", noon * 1e3), ("kafka_timestamp", noon * 1e3)],
            "sal_sequence",
        ),
    ] {
        let topics = schemas(&interfaces, &LayoutOptions::of(layout));
        let topic = topics.iter().find(|topic| topic.topic == "MTM1M3TS_thermalData").unwrap();
        let schema = Schema::parse(&topic.schema).unwrap();
        let mut generator = Generator::compile(&schema, Options::default()).unwrap();
        for count in 1..4 {
            let record = generator.value(NOON).unwrap();
            for (name, time) in stamps {
                assert!((number(field(&record, name)) - time).abs() < f64::EPSILON, "{name}");
            }
            assert_eq!(number(field(&record, sequence)) as i32, count);
        }
    }
}
