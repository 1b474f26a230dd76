use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::avro::diff::{diff, note};

fn record(fields: &str) -> Schema {
    Schema::parse(&format!(r#"{{"type": "record", "name": "org.Reading", "fields": [{fields}]}}"#))
        .unwrap()
}

/// The changes, a line each: path, what, old and new.
fn lines(old: &Schema, new: &Schema) -> Vec<String> {
    let value = |json: Option<serde_json::Value>| json.map_or("-".to_owned(), |j| j.to_string());
    let changes = diff(old, new).into_iter();
    changes.map(|c| format!("{} {}: {} {}", c.path, c.what, value(c.old), value(c.new))).collect()
}

#[test]
fn fields_come_and_go_and_change_their_types() {
    let old = record(
        r#"{"name": "temp", "type": "int"}, {"name": "humidity", "type": ["null", "float"], "default": null}"#,
    );
    let new = record(
        r#"{"name": "temp", "type": "long"}, {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 0}"#,
    );
    assert_eq!(
        lines(&old, &new),
        [
            r#"temp retyped: "int" "long""#,
            r#"at added: - "timestamp-millis, default 0""#,
            r#"humidity removed: "null or float, default null" -"#,
        ]
    );
    assert_eq!(lines(&old, &old), [""; 0]);
}

#[test]
fn an_alias_tells_that_a_field_was_renamed() {
    let old = record(r#"{"name": "temp", "type": "int"}, {"name": "b", "type": "int"}"#);
    let new = record(
        r#"{"name": "temperature", "type": "int", "aliases": ["temp"]},
           {"name": "b", "type": "int", "aliases": ["temp"]}"#,
    );
    assert_eq!(
        lines(&old, &new),
        [
            r#"temperature renamed: "temp" "temperature""#,
            r#"temperature aliases added: - ["temp"]"#,
            r#"b aliases added: - ["temp"]"#,
        ]
    );
}

#[test]
fn attributes_are_told_apart() {
    let old =
        record(r#"{"name": "t", "type": "int", "doc": "warmth", "default": 1, "units": "K"}"#);
    let new =
        record(r#"{"name": "t", "type": "int", "doc": "heat", "units": "deg_C", "scale": 0.5}"#);
    assert_eq!(
        lines(&old, &new),
        [
            r"t default removed: 1 -",
            r#"t doc changed: "warmth" "heat""#,
            r"t scale added: - 0.5",
            r#"t units changed: "K" "deg_C""#,
        ]
    );
    // An attribute is no part of what decides how values are written.
    assert_eq!(old.canonical(), new.canonical());
}

#[test]
fn only_fields_that_changed_their_order_are_moved() {
    let of = |names: &str| {
        let fields: Vec<String> =
            names.chars().map(|name| format!(r#"{{"name": "{name}", "type": "int"}}"#)).collect();
        record(&fields.join(", "))
    };
    assert_eq!(lines(&of("abcde"), &of("aecd")), [r"e moved: 5 2", r#"b removed: "int" -"#]);
    assert_eq!(lines(&of("abc"), &of("xabc")), [r#"x added: - "int""#]);
    assert_eq!(lines(&of("ab"), &of("ba")), ["a moved: 1 2"]);
}

#[test]
fn inner_types_are_compared_where_they_are() {
    let of = |inner: &str, symbols: &str| {
        let item = format!(r#"{{"type": "record", "name": "Item", "fields": [{inner}]}}"#);
        let mode = format!(r#"{{"type": "enum", "name": "Mode", "symbols": {symbols}}}"#);
        record(&format!(
            r#"{{"name": "items", "type": {{"type": "array", "items": {item}}}}},
               {{"name": "last", "type": ["null", "Item"]}},
               {{"name": "modes", "type": {{"type": "map", "values": {mode}}}}},
               {{"name": "next", "type": ["null", "org.Reading"]}}"#
        ))
    };
    let old = of(r#"{"name": "x", "type": "float"}"#, r#"["ON"]"#);
    let new = of(r#"{"name": "x", "type": "double"}"#, r#"["ON", "OFF"]"#);
    assert_eq!(
        lines(&old, &new),
        [
            r#"items[].x retyped: "float" "double""#,
            r#"modes{} symbols changed: ["ON"] ["ON","OFF"]"#,
        ]
    );
}

#[test]
fn the_schema_itself_may_change() {
    let old = Schema::parse(r#"{"type": "fixed", "name": "a.Id", "size": 4}"#).unwrap();
    let new = Schema::parse(r#"{"type": "fixed", "name": "b.Id", "size": 8}"#).unwrap();
    assert_eq!(lines(&old, &new), [r#". renamed: "a.Id" "b.Id""#, ". size changed: 4 8"]);
    let text = Schema::parse(r#""string""#).unwrap();
    assert_eq!(lines(&old, &text), [r#". retyped: "fixed a.Id" "string""#]);
    let optional = Schema::parse(r#"["null", "string"]"#).unwrap();
    assert_eq!(lines(&text, &optional), [r#". retyped: "string" "null or string""#]);
}

#[test]
fn a_note_has_a_heading_for_each_sort_of_change() {
    let old = record(
        r#"{"name": "temp", "type": "int", "doc": "warmth"}, {"name": "a", "type": "int"},
           {"name": "b", "type": "int"}, {"name": "old", "type": "string", "default": ""}"#,
    );
    let new = record(
        r#"{"name": "b", "type": "int", "units": "K"}, {"name": "a", "type": "int"},
           {"name": "warmth", "type": "long", "aliases": ["temp"], "doc": "heat"},
           {"name": "new", "type": "boolean", "default": true}"#,
    );
    assert_eq!(
        note(&old, &new, &diff(&old, &new)),
        "Added:\n\
         - new: boolean, default true\n\
         Removed:\n\
         - old: string, default \"\"\n\
         Renamed:\n\
         - warmth: it was temp\n\
         Changed:\n\
         - b: units \"K\"\n\
         - warmth: int -> long\n\
         - warmth: aliases [\"temp\"]\n\
         Moved:\n\
         - warmth: from place 1 to 3\n\
         Documentation:\n\
         - warmth: doc \"warmth\" -> \"heat\"\n\
         \n\
         Compatible BACKWARD only: the old schema cannot read data of the new schema: \
         field temp: the writer lacks it and the reader has no default."
    );
    assert_eq!(note(&old, &old, &[]), "No differences.");
}

/// The defaults of a camera's images have more than a thousand values.
#[test]
fn a_note_tells_the_start_of_a_long_array() {
    let array = |name: &str, values: &[u8]| {
        let default = serde_json::to_string(values).unwrap();
        format!(
            r#"{{"name": "{name}", "type": {{"type": "array", "items": "int"}}, "default": {default}}}"#
        )
    };
    let (long, mut other) = ([0; 1656], [0; 1656]);
    other[9] = 1;
    let short = &other[2..10];
    let old = record(&[array("image", &long), array("gone", &long)].join(","));
    let new = record(&[array("image", &long[..9]), array("new", short)].join(","));
    let told = note(&old, &new, &diff(&old, &new));
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines[..6],
        [
            "Added:",
            "- new: array of int, default [0,0,0,0,0,0,0,1]",
            "Removed:",
            "- gone: array of int, default [0, 0, … 1656 values]",
            "Changed:",
            "- image: default [0, 0, … 1656 values] -> [0, 0, … 9 values]",
        ]
    );
    // What differs is told wherever it stands.
    let (old, new) = (record(&array("image", &long[..10])), record(&array("image", &other[..10])));
    let told = note(&old, &new, &diff(&old, &new));
    assert!(told.contains("[0,0,0,0,0,0,0,0,0,0] -> [0,0,0,0,0,0,0,0,0,1]"), "{told}");
    let whole = diff(&old, &new)[0].old.clone().unwrap();
    assert_eq!(whole.as_array().unwrap().len(), 10);
}
