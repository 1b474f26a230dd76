use apache_avro::types::Value;
use kafkaefd::formats::avro::{self, Schema};

use super::{map, refusal, text, there_and_back};

#[test]
fn a_union_takes_the_value_itself() {
    let optional = r#"["null", "long"]"#;
    assert_eq!(there_and_back(optional, Value::Null), Value::Null);
    assert_eq!(there_and_back(optional, Value::Long(5)), Value::Long(5));
    let many = r#"["double", "string", "long", "boolean"]"#;
    assert_eq!(there_and_back(many, Value::Long(5)), Value::Long(5));
    assert_eq!(there_and_back(many, Value::Double(5.0)), Value::Double(5.0));
    assert_eq!(there_and_back(many, text("5")), text("5"));
    assert_eq!(there_and_back(r#"["float", "double"]"#, Value::Double(0.1)), Value::Double(0.1));
    assert_eq!(there_and_back(r#"["null", "double"]"#, Value::Long(5)), Value::Double(5.0));
    let wide = there_and_back(r#"["int", "long"]"#, Value::Long(3_000_000_000));
    assert_eq!(wide, Value::Long(3_000_000_000));
}

#[test]
fn records_are_told_apart_by_their_fields() {
    let branch = |name: &str, field: &str| {
        format!(
            r#"{{"type": "record", "name": "{name}", "fields": [{{"name": "{field}", "type": "int"}}]}}"#
        )
    };
    let union = format!("[{}, {}]", branch("A", "a"), branch("B", "b"));
    let of = |name: &str| Value::Record(vec![(name.to_owned(), Value::Int(1))]);
    assert_eq!(there_and_back(&union, map([("a", Value::Long(1))])), of("a"));
    assert_eq!(there_and_back(&union, map([("b", Value::Long(1))])), of("b"));
    assert_eq!(
        refusal(&union, map([("c", Value::Long(1))])),
        "cannot encode record org.X: field f: no branch of the union fits: field c: no such field in the schema; \
         field c: no such field in the schema"
    );
    let optional = format!(r#"["null", {}]"#, branch("A", "a"));
    assert_eq!(
        refusal(&optional, map([("a", text("x"))])),
        r#"cannot encode record org.X: field f.a: expected int, got string "x""#
    );
}

#[test]
fn a_value_that_fits_no_branch_is_refused() {
    assert_eq!(
        refusal(r#"["null", "int", "string"]"#, Value::Boolean(true)),
        "cannot encode record org.X: field f: expected null, int or string, got boolean true"
    );
    assert_eq!(
        refusal(r#"["null", "int"]"#, Value::Long(3_000_000_000)),
        "cannot encode record org.X: field f: 3000000000 is out of the range of int"
    );
}

#[test]
fn named_types_may_be_recursive() {
    let json = r#"{"type": "record", "name": "org.Node", "fields": [
        {"name": "next", "type": ["null", "Node"], "default": null}]}"#;
    let schema = Schema::parse(json).unwrap();
    let value = map([("next", map([("next", map([]))]))]);
    let bytes = avro::encode(&schema, &value).unwrap();
    assert_eq!(bytes, [2, 2, 0]);
    let end = Value::Record(vec![("next".to_owned(), Value::Null)]);
    let one = Value::Record(vec![("next".to_owned(), end)]);
    let two = Value::Record(vec![("next".to_owned(), one)]);
    assert_eq!(avro::decode(&schema, &bytes).unwrap(), two);
    let endless = vec![2; 1_000_000];
    let error = avro::decode(&schema, &endless).unwrap_err().to_string();
    assert!(error.ends_with("nested deeper than 200 levels"), "{error}");
}
