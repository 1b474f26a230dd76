//! Text messages in forms that the golden data does not hold: the layout `ts_xml`, indices, TAI,
//! characters, values of enumerations, quotes.

use apache_avro::types::Value as Avro;
use kafkaefd::formats::avro::{Schema, decode};
use kafkaefd::formats::sal::text::{Indexed, Options, TimeScale, Transform, split};
use proptest::prelude::*;
use serde_json::{Value, json};

const HEAD: &str = "'REV' , 1547758756.335189 , 1547758754.901990 , 7 , 101 , 202";

fn kafkaefd(component: &str, items: &Value) -> Schema {
    let millis = json!({"type": "long", "logicalType": "timestamp-millis"});
    let mut fields = json!([
        {"name": "kafka_timestamp", "type": millis},
        {"name": "sal_revcode", "type": "string"},
        {"name": "sal_created", "type": millis},
        {"name": "sal_ingested", "type": millis},
        {"name": "sal_sequence", "type": "long"},
        {"name": "sal_origin", "type": "int"},
        {"name": "sal_host", "type": "int"},
    ]);
    fields.as_array_mut().unwrap().extend(items.as_array().unwrap().iter().cloned());
    let name = format!("{component}_t");
    let schema = json!({"type": "record", "name": name, "namespace": "lsst.sal", "fields": fields});
    Schema::parse(&schema.to_string()).unwrap()
}

fn write(schema: &Schema, options: Options, text: &str) -> Result<Vec<(String, Avro)>, String> {
    let transform = Transform::compile(schema, options).unwrap();
    let mut bytes = Vec::new();
    let message = split(text.as_bytes()).unwrap();
    transform.write(&message, 1_000, &mut bytes).map_err(|error| error.to_string())?;
    let Avro::Record(fields) = decode(schema, &bytes).unwrap() else { panic!("no record") };
    Ok(fields)
}

/// The fields after the header.
fn items(component: &str, fields: &Value, text: &str) -> Result<Vec<Avro>, String> {
    let schema = kafkaefd(component, fields);
    let text = format!("{component}_telemetry {component}_t:( {HEAD} , {text})");
    let record = write(&schema, Options::default(), &text)?;
    Ok(record.into_iter().skip(7).map(|(_, value)| value).collect())
}

fn text(value: &str) -> Avro {
    Avro::String(value.to_owned())
}

#[test]
fn quotes_are_read_as_the_whole_message_demands() {
    let two = json!([{"name": "a", "type": "string"}, {"name": "b", "type": "double"}]);
    let cases = [
        ("'x' , 1", "x"),
        ("'Smith', John' , 1", "Smith', John"),
        ("'a' , b' , 1", "a' , b"),
        ("'x', 1", "x"),
        ("'x',1", "x"),
        ("'' , 1", ""),
    ];
    for (message, first) in cases {
        assert_eq!(items("X", &two, message).unwrap(), [text(first), Avro::Double(1.0)]);
    }
    let one = json!([{"name": "a", "type": "string"}]);
    assert_eq!(
        items("X", &one, "'x' , 'y'").unwrap_err(),
        "cannot read a SAL message of `X_t`: item 7 (field `a`): `'y'` is one item too many"
    );
    assert_eq!(
        items("X", &one, "x").unwrap_err(),
        "cannot read a SAL message of `X_t`: item 7 (field `a`): `x` is not text in single quotes"
    );
}

proptest! {
    /// The standard library is exact. Numbers beside the longest that a double holds with six
    /// decimals, and any others of the form.
    #[test]
    fn numbers_with_six_decimals_are_read_exactly(
        whole in prop_oneof![any::<u64>(), 9_007_199_240..9_007_199_270_u64, 0..20_000_000_000_u64],
        micros in 0..1_000_000_u32,
        sign in "[-+]?",
    ) {
        let number = format!("{sign}{whole}.{micros:06}");
        let one = json!([{"name": "a", "type": "double"}]);
        let wanted = Avro::Double(number.parse().unwrap());
        prop_assert_eq!(items("X", &one, &number).unwrap(), [wanted]);
    }
}

#[test]
fn characters_strings_and_enumerations_come_in_several_forms() {
    let letters =
        json!([{"name": "a", "type": {"type": "array", "items": "bytes", "sal_count": 4}}]);
    let bytes = |text: &str| Avro::Array(text.bytes().map(|b| Avro::Bytes(vec![b])).collect());
    assert_eq!(items("X", &letters, "'abcd'").unwrap(), [bytes("abcd")]);
    assert_eq!(items("X", &letters, "97, 98, 99, 100").unwrap(), [bytes("abcd")]);
    let error = items("X", &letters, "97, 98, 256, 100").unwrap_err();
    assert!(error.ends_with("item 9 (field `a`): `256` is not a byte (0 to 255)"), "{error}");

    let texts =
        json!([{"name": "a", "type": {"type": "array", "items": "string", "sal_count": 2}}]);
    let array = |all: &[&str]| Avro::Array(all.iter().map(|one| text(one)).collect());
    assert_eq!(items("X", &texts, "'north', 'south'").unwrap(), [array(&["north", "south"])]);
    assert_eq!(items("X", &texts, "'north'").unwrap(), [array(&["north"])]);

    let state = json!([{"name": "a", "type":
        {"type": "enum", "name": "a", "symbols": ["Open", "Shut"], "sal_values": [3, 9]}}]);
    for message in ["9", "'Shut'", "Shut"] {
        assert_eq!(items("X", &state, message).unwrap(), [text("Shut")]);
    }
    assert!(
        items("X", &state, "1").unwrap_err().ends_with("`1` is not a symbol of the enumeration")
    );
}

/// A short message must not make room for an array that it cannot hold.
#[test]
fn a_short_array_misses_its_first_absent_item() {
    for (kind, items) in [("double", "1.5, -2"), ("float", "1, 2"), ("long", "1, 2")] {
        let array = json!({"type": "array", "items": kind, "sal_count": 1_000_000});
        let schema = kafkaefd("X", &json!([{"name": "a", "type": array}]));
        let transform = Transform::compile(&schema, Options::default()).unwrap();
        let text = format!("X_telemetry X_t:( {HEAD} , {items})");
        let mut bytes = Vec::new();
        let error = transform.write(&split(text.as_bytes()).unwrap(), 0, &mut bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot read a SAL message of `X_t`: item 9 (field `a`): it is missing"
        );
        assert!(bytes.capacity() < 10_000, "room for {} bytes", bytes.capacity());
    }
}

#[test]
fn a_revision_code_is_text() {
    let schema = kafkaefd("X", &json!([]));
    let transform = Transform::compile(&schema, Options::default()).unwrap();
    let message = b"X_telemetry X_t:( '\xff' , 1.5 , 1.5 , 7 , 101 , 202)";
    let error = transform.write(&split(message).unwrap(), 0, &mut Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot read a SAL message of `X_t`: item 1 (field `sal_revcode`): \
         `'\u{fffd}' , 1.5 , 1.5 , 7 , 101 , 202` is not UTF-8 text"
    );
}

#[test]
fn an_index_is_taken_where_the_component_has_one() {
    let double = json!([{"name": "a", "type": "double"}]);
    assert_eq!(items("Hexapod", &double, "2.5").unwrap(), [Avro::Double(2.5)]);
    assert_eq!(items("Hexapod", &double, "1 , 2.5").unwrap(), [Avro::Double(2.5)]);
    assert!(
        items("ATAOS", &double, "1 , 2.5").unwrap_err().ends_with("`2.5` is one item too many")
    );
    let always = Options { indexed: Indexed::Always, ..Options::default() };
    let schema = kafkaefd("ATAOS", &double);
    let message = |items: &str| format!("ATAOS_telemetry ATAOS_t:( {HEAD} , {items})");
    assert_eq!(write(&schema, always, &message("1 , 2.5")).unwrap()[7].1, Avro::Double(2.5));
    assert_eq!(
        write(&schema, always, &message("2.5")).unwrap_err(),
        "cannot read a SAL message of `ATAOS_t`: item 7 (field `the index`): `2.5` is not an integer"
    );
}

#[test]
fn tai_becomes_utc() {
    let schema = kafkaefd("X", &json!([]));
    let tai = Options { time: Some(TimeScale::Tai), ..Options::default() };
    let fields = write(&schema, tai, &format!("X_telemetry X_t:( {HEAD})")).unwrap();
    assert_eq!(fields[2].1, Avro::Long(1_547_758_756_335 - 37_000));
    let error = write(&schema, tai, &format!("X_telemetry X_t:( {HEAD} , 1)")).unwrap_err();
    assert!(error.ends_with("after the last item: `1` is one item too many"), "{error}");
}

#[test]
fn layout_ts_xml_takes_the_same_messages() {
    let plain = |name: &str, kind: &str| json!({"name": name, "type": kind});
    let array = json!({"name": "b", "type": {"type": "array", "items": "int"}, "default": [0, 0]});
    let fields = json!([
        plain("salIndex", "int"),
        plain("private_sndStamp", "double"),
        plain("private_rcvStamp", "double"),
        plain("private_efdStamp", "double"),
        plain("private_kafkaStamp", "double"),
        plain("private_seqNum", "int"),
        plain("private_revCode", "string"),
        plain("private_identity", "string"),
        plain("private_origin", "int"),
        plain("a", "string"),
        array,
    ]);
    let schema = json!({"type": "record", "name": "logevent_x", "namespace": "lsst.sal.ESS",
        "fields": fields});
    let schema = Schema::parse(&schema.to_string()).unwrap();
    let message = format!("ESS_logevent ESS_logevent_x:( {HEAD} , 3 , 'abc' , 4, -5)");
    let fields = write(&schema, Options::default(), &message).unwrap();
    let values: Vec<Avro> = fields.into_iter().map(|(_, value)| value).collect();
    let sent = 1_547_758_756.335_189;
    assert_eq!(
        values,
        [
            Avro::Int(3),
            Avro::Double(sent),
            Avro::Double(1_547_758_754.901_99),
            Avro::Double(sent - 37.0),
            Avro::Double(38.0),
            Avro::Int(7),
            text("REV"),
            text("ESS:3"),
            Avro::Int(101),
            text("abc"),
            Avro::Array(vec![Avro::Int(4), Avro::Int(-5)]),
        ]
    );
    let utc = Options { time: Some(TimeScale::Utc), ..Options::default() };
    assert_eq!(write(&schema, utc, &message).unwrap()[3].1, Avro::Double(sent));
}
