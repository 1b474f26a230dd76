use kafkaefd::formats::avro::Schema;

fn refusal(text: &str) -> String {
    Schema::parse(text).unwrap_err().to_string()
}

#[test]
fn a_schema_keeps_its_text_and_full_name() {
    let text = r#"{"type": "enum", "name": "Suit", "namespace": "org.cards", "symbols": ["A"]}"#;
    let schema = Schema::parse(text).unwrap();
    assert_eq!(schema.name(), "org.cards.Suit");
    assert_eq!(schema.text(), text);
    assert_eq!(schema.json()["symbols"][0], "A");
    assert_eq!(schema.canonical(), r#"{"name":"org.cards.Suit","type":"enum","symbols":["A"]}"#);
    assert_eq!(Schema::parse(r#"{"type": "long"}"#).unwrap().name(), "long");
}

#[test]
fn a_bad_schema_says_what_is_wrong() {
    assert_eq!(
        refusal("{"),
        "cannot parse the Avro schema: it is not JSON: EOF while parsing an object at line 1 column 1"
    );
    for (text, reason) in [
        (r#"{"type": "strnig"}"#, "Unknown primitive type: strnig"),
        (r#"{"type": "record", "name": "X"}"#, "No `fields` in record"),
        (
            r#"{"type": "record", "name": "a b", "fields": []}"#,
            "Invalid schema name a b: letters, digits and _, no digit first",
        ),
        (r#"{"type": "array"}"#, "No `items` in array"),
        ("7", "Must be a JSON string, object or array"),
    ] {
        assert_eq!(refusal(text), format!("cannot parse the Avro schema: {reason}"));
    }
}
