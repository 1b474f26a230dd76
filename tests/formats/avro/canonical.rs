//! The forms and fingerprints are those of fastavro 1.13 for the same schemas.

use kafkaefd::formats::avro::{Hash, Schema, fingerprint};

/// A schema, its form, its CRC-64-AVRO.
const CASES: [(&str, &str, &str); 8] = [
    (r#""int""#, r#""int""#, "8f5c393f1ad57572"),
    (r#"{"type": "int", "logicalType": "date", "doc": "a day"}"#, r#""int""#, "8f5c393f1ad57572"),
    (r#"{"type": "long", "logicalType": "timestamp-millis"}"#, r#""long""#, "b71df49344e154d0"),
    (
        r#"["null", {"type": "string"}, {"type": "array", "items": {"type": "int"}}]"#,
        r#"["null","string",{"type":"array","items":"int"}]"#,
        "ab8dd69bb97286b3",
    ),
    (
        r#"{"type": "map", "values": {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}}"#,
        r#"{"type":"map","values":"bytes"}"#,
        "1bf07fae09efc573",
    ),
    (
        r#"{"type": "fixed", "size": 16, "name": "Id", "namespace": "org.a", "aliases": ["Key"]}"#,
        r#"{"name":"org.a.Id","type":"fixed","size":16}"#,
        "9473821536c2c4ff",
    ),
    (
        r#"{"type": "enum", "symbols": ["ON", "OFF"], "doc": "power", "name": "org.a.Power", "default": "ON"}"#,
        r#"{"name":"org.a.Power","type":"enum","symbols":["ON","OFF"]}"#,
        "5309f0573bda2a58",
    ),
    (
        r#"{"type": "record", "doc": "x", "name": "Node", "namespace": "org.a", "scale": 0.5, "fields": [{"doc": "d", "default": 1, "type": "double", "name": "x", "size": "big", "units": "K"}, {"name": "next", "type": ["null", "Node"], "default": null, "order": "ignore"}, {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A"]}}, {"name": "other", "type": {"type": "record", "name": "b.Other", "fields": [{"name": "k", "type": "org.a.Kind"}]}}]}"#,
        r#"{"name":"org.a.Node","type":"record","fields":[{"name":"x","type":"double"},{"name":"next","type":["null","org.a.Node"]},{"name":"kind","type":{"name":"org.a.Kind","type":"enum","symbols":["A"]}},{"name":"other","type":{"name":"b.Other","type":"record","fields":[{"name":"k","type":"org.a.Kind"}]}}]}"#,
        "f6a67e0b21215a49",
    ),
];

#[test]
fn forms_are_those_of_other_implementations() {
    for (text, form, crc64) in CASES {
        let schema = Schema::parse(text).unwrap();
        assert_eq!(schema.canonical(), form);
        assert_eq!(fingerprint(&schema, Hash::Crc64), crc64, "{text}");
    }
}
