//! Envelopes: lines of JSON that keep every byte.

use std::borrow::Cow;

use kafkaefd::formats::envelope::{Envelope, Name, Payload};
use proptest::collection::vec;
use proptest::prelude::*;

fn line(envelope: &Envelope<'_>) -> String {
    let mut line = Vec::new();
    envelope.write(&mut line);
    String::from_utf8(line).unwrap()
}

fn bytes(bytes: &[u8]) -> Payload<'_> {
    Payload(Cow::Borrowed(bytes))
}

fn name(name: &str) -> Name<'_> {
    Name(Cow::Borrowed(name))
}

#[test]
fn the_form_is_the_one_that_is_documented() {
    let envelope = Envelope {
        topic: Some("dome".into()),
        partition: Some(0),
        offset: Some(7),
        timestamp: Some(1_767_225_600_000),
        key: Some(bytes(b"M1")),
        value: Some(bytes(&[0, 1, 0xff])),
        headers: vec![
            (name("unit"), Some(bytes(b"K"))),
            (name("empty"), Some(bytes(b""))),
            (name("none"), None),
        ],
    };
    let text = r#"{"topic":"dome","partition":0,"offset":7,"timestamp":1767225600000,"key":"M1","value":{"base64":"AAH/"},"headers":[["unit","K"],["empty",""],["none",null]]}"#;
    assert_eq!(line(&envelope), text);
    assert_eq!(Envelope::read(text.as_bytes()), Ok(envelope));
}

#[test]
fn only_the_value_must_be_there() {
    let read = Envelope::read(b" { \"value\" : null } ").unwrap();
    assert_eq!(read, Envelope::default());
    let read = Envelope::read(br#"{"headers":[["a","1"],["a",null]],"value":""}"#).unwrap();
    assert_eq!(read.headers, [(name("a"), Some(bytes(b"1"))), (name("a"), None)]);
    assert_eq!((read.key, read.value), (None, Some(bytes(b""))));
}

#[test]
fn null_and_empty_and_text_that_looks_like_bytes_are_told_apart() {
    for (value, text) in [
        (None, "null"),
        (Some(bytes(b"")), "\"\""),
        (Some(bytes(b"AA==")), "\"AA==\""),
        (Some(bytes(br#"{"base64":"AA=="}"#)), r#""{\"base64\":\"AA==\"}""#),
        (Some(bytes(b"null")), "\"null\""),
        (Some(bytes(b"\0\r\n")), "\"\\u0000\\r\\n\""),
    ] {
        let envelope = Envelope { value, ..Envelope::default() };
        let line = line(&envelope);
        assert!(line.contains(&format!("\"value\":{text},")), "{line}");
        assert_eq!(Envelope::read(line.as_bytes()), Ok(envelope));
    }
}

#[test]
fn what_is_no_envelope_is_said_with_its_column() {
    for (text, error) in [
        ("", "EOF while parsing a value (column 0)"),
        ("{}", "missing field `value` (column 2)"),
        (
            r#"{"vaule":"x"}"#,
            "unknown field `vaule`, expected one of `topic`, `partition`, `offset`, `timestamp`, \
             `key`, `value`, `headers` (column 8)",
        ),
        (
            r#"{"value":5}"#,
            "invalid type: integer `5`, expected a string, null or {\"base64\": \"...\"} (column 10)",
        ),
        (
            r#"{"value":{"base64":"x"}}"#,
            "`base64` is not base64: Invalid input length: 1 (column 23)",
        ),
        (r#"{"value":{"hex":"00"}}"#, "unknown field `hex`, expected `base64` (column 15)"),
        (r#"{"value":{}}"#, "missing field `base64` (column 11)"),
        (r#"{"value":"","value":""}"#, "duplicate field `value` (column 19)"),
        (
            r#"{"value":"","headers":[["a\u0000b",""]]}"#,
            "the name of a header holds a NUL (column 35)",
        ),
        (r#"{"value":""} x"#, "trailing characters (column 14)"),
    ] {
        assert_eq!(Envelope::read(text.as_bytes()).unwrap_err().to_string(), error, "{text}");
    }
}

type Bytes = Option<Vec<u8>>;

fn any_bytes() -> impl Strategy<Value = Bytes> {
    let text = any::<String>().prop_map(String::into_bytes);
    prop_oneof![Just(None), text.prop_map(Some), vec(any::<u8>(), 0..40).prop_map(Some)]
}

fn payload(bytes: Bytes) -> Option<Payload<'static>> {
    bytes.map(|bytes| Payload(Cow::Owned(bytes)))
}

proptest! {
    #[test]
    fn every_record_survives_its_line(
        (key, value) in (any_bytes(), any_bytes()),
        headers in vec(("[^\0]{0,8}", any_bytes()), 0..4),
        timestamp in any::<Option<i64>>(),
        topic in any::<Option<String>>(),
    ) {
        let named = |(name, value): (String, Bytes)| (Name(Cow::Owned(name)), payload(value));
        let envelope = Envelope {
            topic: topic.map(Cow::Owned),
            partition: Some(1),
            offset: None,
            timestamp,
            key: payload(key),
            value: payload(value),
            headers: headers.into_iter().map(named).collect(),
        };
        let line = line(&envelope);
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(Envelope::read(line.as_bytes()).unwrap(), envelope);
    }

    #[test]
    fn no_line_makes_it_panic(line in vec(any::<u8>(), 0..60)) {
        let _ = Envelope::read(&line);
    }
}
