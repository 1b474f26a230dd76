//! Schemas that use others by name.

use apache_avro::types::Value;
use kafkaefd::formats::avro::{self, Schema};

use super::{map, text};

const MODE: &str = r#"{"type": "enum", "name": "org.Mode", "symbols": ["OFF", "ON"]}"#;
const STATE: &str = r#"{"type": "record", "name": "org.State", "fields": [
    {"name": "mode", "type": "org.Mode"}, {"name": "before", "type": ["null", "Mode"]}]}"#;
const REPORT: &str = r#"{"type": "record", "name": "Report", "namespace": "other", "fields": [
    {"name": "state", "type": "org.State"}, {"name": "mode", "type": "org.Mode"}]}"#;

fn report() -> Schema {
    let mode = Schema::parse(MODE).unwrap();
    let state = Schema::parse_with(STATE, std::slice::from_ref(&mode)).unwrap();
    Schema::parse_with(REPORT, &[state, mode]).unwrap()
}

#[test]
fn values_are_written_and_read() {
    let report = report();
    let state = map([("mode", text("ON")), ("before", Value::Null)]);
    let value = map([("state", state), ("mode", text("OFF"))]);
    let bytes = avro::encode(&report, &value).unwrap();
    assert_eq!(bytes, [2, 0, 0]);
    let Value::Record(fields) = avro::decode(&report, &bytes).unwrap() else { panic!() };
    assert_eq!(fields[1], ("mode".to_owned(), text("OFF")));
}

#[test]
fn the_form_is_complete_and_the_text_is_as_given() {
    let report = report();
    assert_eq!(report.text(), REPORT);
    assert_eq!(
        report.canonical(),
        concat!(
            r#"{"name":"other.Report","type":"record","fields":[{"name":"state","type":"#,
            r#"{"name":"org.State","type":"record","fields":[{"name":"mode","type":"#,
            r#"{"name":"org.Mode","type":"enum","symbols":["OFF","ON"]}},"#,
            r#"{"name":"before","type":["null","org.Mode"]}]}},{"name":"mode","type":"org.Mode"}]}"#
        )
    );
}

#[test]
fn a_name_that_nobody_defines_is_an_error() {
    let mode = Schema::parse(MODE).unwrap();
    let error = Schema::parse_with(r#"["null", "org.Nobody"]"#, &[mode]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot parse the Avro schema: Unknown primitive type: org.Nobody"
    );
}
