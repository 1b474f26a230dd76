use apache_avro::types::Value;
use kafkaefd::formats::avro::{self, Schema};

use super::{map, record, refusal, text, there_and_back};

#[test]
fn numbers_are_taken_as_the_schema_wants_them() {
    assert_eq!(there_and_back(r#""int""#, Value::Long(-7)), Value::Int(-7));
    assert_eq!(there_and_back(r#""long""#, Value::Int(7)), Value::Long(7));
    assert_eq!(there_and_back(r#""double""#, Value::Long(7)), Value::Double(7.0));
    assert_eq!(there_and_back(r#""float""#, Value::Double(0.5)), Value::Float(0.5));
    let Value::Double(nan) = there_and_back(r#""double""#, Value::Double(f64::NAN)) else {
        panic!("no double")
    };
    assert!(nan.is_nan());
    let endless = there_and_back(r#""float""#, Value::Double(f64::NEG_INFINITY));
    assert_eq!(endless, Value::Float(f32::NEG_INFINITY));
}

#[test]
fn a_number_out_of_range_is_refused() {
    assert_eq!(
        refusal(r#""int""#, Value::Long(3_000_000_000)),
        "cannot encode record org.X: field f: 3000000000 is out of the range of int"
    );
    assert_eq!(
        refusal(r#""float""#, Value::Double(1e300)),
        "cannot encode record org.X: field f: 1e300 is out of the range of float"
    );
    assert_eq!(
        refusal(r#""int""#, Value::Double(1.0)),
        "cannot encode record org.X: field f: expected int, got float 1.0"
    );
}

#[test]
fn an_error_names_the_path_to_the_field() {
    let item = r#"{"type": "record", "name": "T", "fields": [{"name": "value", "type": "float"}]}"#;
    let temps = format!(r#"{{"type": "array", "items": {item}}}"#);
    let items =
        Value::Array(vec![map([("value", Value::Double(1.0))]), map([("value", text("abc"))])]);
    assert_eq!(
        refusal(&temps, items),
        r#"cannot encode record org.X: field f[1].value: expected float, got string "abc""#
    );
    assert_eq!(
        refusal(r#"{"type": "map", "values": "boolean"}"#, map([("a b", Value::Null)])),
        r#"cannot encode record org.X: field f["a b"]: expected boolean, got null"#
    );
    let schema = Schema::parse(r#"{"type": "array", "items": "int"}"#).unwrap();
    assert_eq!(
        avro::encode(&schema, &Value::Array(vec![text("x")])).unwrap_err().to_string(),
        r#"cannot encode array: item [0]: expected int, got string "x""#
    );
    let schema = Schema::parse(r#""string""#).unwrap();
    assert_eq!(
        avro::encode(&schema, &Value::Long(5)).unwrap_err().to_string(),
        "cannot encode string: expected string, got int 5"
    );
}

#[test]
fn a_missing_field_takes_its_default() {
    let empty = map([]);
    let default = |kind: &str, json: &str| {
        let schema = record(kind, &format!(r#", "default": {json}"#));
        let bytes = avro::encode(&schema, &empty).unwrap();
        avro::decode(&schema, &bytes).unwrap()
    };
    let of = |value| Value::Record(vec![("f".to_owned(), value)]);
    assert_eq!(default(r#""long""#, "5"), of(Value::Long(5)));
    assert_eq!(default(r#"["null", "long"]"#, "null"), of(Value::Null));
    assert_eq!(default(r#""bytes""#, r#""\u00ff\u0001""#), of(Value::Bytes(vec![255, 1])));
    assert_eq!(
        avro::encode(&record(r#""long""#, ""), &empty).unwrap_err().to_string(),
        "cannot encode record org.X: field f: the value is missing and the schema has no default"
    );
}

#[test]
fn an_unknown_field_is_refused() {
    let json = r#"{"type": "record", "name": "T", "fields": [{"name": "value", "type": "int"}]}"#;
    let schema = Schema::parse(json).unwrap();
    let refusal = |name| avro::encode(&schema, &map([(name, Value::Long(1))])).unwrap_err();
    assert_eq!(
        refusal("vlaue").to_string(),
        "cannot encode record T: field vlaue: no such field in the schema; did you mean value?"
    );
    assert_eq!(
        refusal("other").to_string(),
        "cannot encode record T: field other: no such field in the schema"
    );
}

#[test]
fn an_enum_takes_its_symbols() {
    let suit = r#"{"type": "enum", "name": "Suit", "symbols": ["HEARTS", "SPADES"]}"#;
    assert_eq!(there_and_back(suit, text("SPADES")), text("SPADES"));
    assert_eq!(
        refusal(suit, text("CLUBS")),
        r#"cannot encode record org.X: field f: "CLUBS" is no symbol of the enum; it has HEARTS, SPADES"#
    );
}

#[test]
fn blobs_are_bytes_and_fixed() {
    assert_eq!(there_and_back(r#""bytes""#, Value::Bytes(vec![1])), Value::Bytes(vec![1]));
    let pair = r#"{"type": "fixed", "name": "Pair", "size": 2}"#;
    assert_eq!(there_and_back(pair, Value::Bytes(vec![1, 2])), Value::Bytes(vec![1, 2]));
    assert_eq!(
        refusal(pair, Value::Bytes(vec![1])),
        "cannot encode record org.X: field f: expected 2 bytes, got 1"
    );
    assert_eq!(
        refusal(r#""bytes""#, text("abc")),
        r#"cannot encode record org.X: field f: expected bytes, got string "abc""#
    );
}

#[test]
fn logical_types_are_plain() {
    let logical =
        |base: &str, name: &str| format!(r#"{{"type": {base}, "logicalType": "{name}"}}"#);
    for name in ["timestamp-millis", "timestamp-micros", "time-micros", "local-timestamp-nanos"] {
        let kind = logical(r#""long""#, name);
        assert_eq!(there_and_back(&kind, Value::Long(1_234)), Value::Long(1_234), "{name}");
    }
    assert_eq!(there_and_back(&logical(r#""int""#, "date"), Value::Long(9)), Value::Long(9));
    let id = text("936da01f-9abd-4d9d-80c7-02af85c822a8");
    assert_eq!(there_and_back(&logical(r#""string""#, "uuid"), id.clone()), id);
    assert_eq!(
        refusal(&logical(r#""string""#, "uuid"), text("7")),
        r#"cannot encode record org.X: field f: "7" is no UUID"#
    );
    let span = map([("days", Value::Long(2))]);
    let size = r#"{"type": "fixed", "name": "D", "size": 12, "logicalType": "duration"}"#;
    let Value::Record(parts) = there_and_back(size, span) else { panic!("no record") };
    assert_eq!(parts[1], ("days".to_owned(), Value::Long(2)));
}

#[test]
fn decimals_are_strings() {
    let price = r#"{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}"#;
    for number in ["0.00", "12.34", "-12.34", "-0.05", "1.28", "-1.28", "327.68", "9999.99"] {
        assert_eq!(there_and_back(price, text(number)), text(number));
    }
    assert_eq!(there_and_back(price, Value::Long(-3)), text("-3.00"));
    assert_eq!(there_and_back(price, Value::Double(2.5)), text("2.50"));
    assert_eq!(
        refusal(price, text("1.234")),
        r#"cannot encode record org.X: field f: "1.234" is no decimal of 6 digits, 2 of them after the point"#
    );
    let big = r#"{"type": "bytes", "logicalType": "big-decimal"}"#;
    assert_eq!(there_and_back(big, text("123.456")), text("123.456"));
}
