use apache_avro::types::Value;
use kafkaefd::formats::avro::{self, Schema};
use proptest::prelude::*;

use super::{map, text};

const READING: &str = r#"{"type": "record", "name": "org.Reading", "fields": [
    {"name": "name", "type": "string"},
    {"name": "on", "type": "boolean"},
    {"name": "temps", "type": {"type": "array", "items": "double"}},
    {"name": "notes", "type": {"type": "map", "values": ["null", "string"]}}]}"#;

fn reading() -> (Schema, Vec<u8>) {
    let schema = Schema::parse(READING).unwrap();
    let value = map([
        ("name", text("M1")),
        ("on", Value::Boolean(true)),
        ("temps", Value::Array(vec![Value::Double(1.5), Value::Double(2.5)])),
        ("notes", map([("a", text("b"))])),
    ]);
    let bytes = avro::encode(&schema, &value).unwrap();
    (schema, bytes)
}

fn refusal(bytes: &[u8]) -> String {
    avro::decode(&reading().0, bytes).unwrap_err().to_string()
}

#[test]
fn every_truncation_is_an_error_that_names_the_field() {
    let (schema, bytes) = reading();
    for end in 0..bytes.len() {
        assert!(avro::decode(&schema, &bytes[..end]).is_err(), "cut at {end}");
    }
    assert_eq!(
        refusal(&bytes[..1]),
        "cannot decode record org.Reading: field name: the data ends: 2 bytes are needed, 0 are left"
    );
    assert_eq!(
        refusal(&bytes[..3]),
        "cannot decode record org.Reading: field on: the data ends: 1 bytes are needed, 0 are left"
    );
    assert_eq!(
        refusal(&bytes[..20]),
        "cannot decode record org.Reading: field temps[1]: the data ends: 8 bytes are needed, 7 are left"
    );
}

#[test]
fn lies_about_lengths_are_refused_before_allocating() {
    assert_eq!(
        refusal(b"\xfe\xff\xff\xff\x0f"),
        "cannot decode record org.Reading: field name: the data ends: 2147483647 bytes are needed, 0 are left"
    );
    assert_eq!(
        refusal(b"\x00\x01\xfe\xff\xff\xff\x0f"),
        "cannot decode record org.Reading: field temps: a block claims 2147483647 items, 0 bytes are left"
    );
    assert_eq!(refusal(b"\x01"), "cannot decode record org.Reading: field name: its length is -1");
}

/// Items that take no bytes are counted over all blocks and arrays of a value.
#[test]
fn items_without_bytes_are_limited_in_all() {
    let nulls = r#"{"type": "array", "items": "null"}"#;
    let schema = |text: &str| Schema::parse(text).unwrap();
    let refusal = |schema: &Schema, bytes: &[u8]| {
        avro::decode(schema, bytes).err().map(|error| error.to_string())
    };
    let half = b"\xa0\x8d\x06"; // 50 000
    let block = |times: usize| [half.repeat(times), vec![0]].concat();
    let flat = schema(nulls);
    assert_eq!(refusal(&flat, &block(2)), None);
    assert_eq!(
        refusal(&flat, &block(3)).unwrap(),
        "cannot decode array: a block claims 50000 items, 1 bytes are left"
    );
    let nested = schema(&format!(r#"{{"type": "array", "items": {nulls}}}"#));
    let array = |times: usize| [vec![(times * 2) as u8], block(1).repeat(times), vec![0]].concat();
    assert_eq!(refusal(&nested, &array(2)), None);
    assert_eq!(
        refusal(&nested, &array(3)).unwrap(),
        "cannot decode array: item [2]: a block claims 50000 items, 2 bytes are left"
    );
    // A block may claim as many items as there are bytes, which its items then do not take.
    let many = [b"\xd0\x86\x03".repeat(40_000), vec![0]].concat(); // 25 000 each
    assert_eq!(
        refusal(&flat, &many).unwrap(),
        "cannot decode array: more than 100000 items take no bytes"
    );
}

#[test]
fn other_damage_is_named() {
    let (_, mut bytes) = reading();
    bytes.push(0);
    assert_eq!(
        refusal(&bytes),
        "cannot decode record org.Reading: 1 bytes are left after the value"
    );
    assert_eq!(
        refusal(b"\x02\xff"),
        "cannot decode record org.Reading: field name: the text is not UTF-8"
    );
    assert_eq!(
        refusal(b"\x00\x02"),
        "cannot decode record org.Reading: field on: a boolean is the byte 0 or 1"
    );
    assert_eq!(
        refusal(b"\x00\x01\x00\x02\x02a\x06"),
        r#"cannot decode record org.Reading: field notes["a"]: branch 3 does not exist, of 2"#
    );
}

proptest! {
    #[test]
    fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let (schema, _) = reading();
        let _ = avro::decode(&schema, &bytes);
    }
}
