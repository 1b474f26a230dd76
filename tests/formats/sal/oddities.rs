//! The awkward messages of the golden data, in its order: each with what must come of it.

use std::collections::HashMap;

use apache_avro::types::Value as Avro;
use kafkaefd::error::{Explain, Kind};
use kafkaefd::formats::avro::{Schema, decode};
use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{Layout, schemas};
use kafkaefd::formats::sal::text::{Options, Transform, split};

use super::golden;

const BEAT: &str = "cannot read a SAL message of `ATAOS_logevent_heartbeat`: ";
const STAMP: &str = "cannot read a SAL message of `ATAOS_timestamp`: ";
const COLL: &str = "cannot read a SAL message of `ATPtg_command_clearCollOffset`: ";
const BUILDING: &str = "cannot read a SAL message of `ATBuilding_logevent_detailedState`: ";
const STATE: &str = "cannot read a SAL message of `ATAOS_logevent_detailedState`: ";
const CAMERA: &str = "cannot read a SAL message of `ATCamera_logevent_calibrationDetailedState`: ";

enum Want {
    /// These fields have these values.
    Fields(&'static [(&'static str, Avro)]),
    /// The string `roiSpec` has this value.
    Text(&'static str),
    /// The enum `substate` is this symbol.
    Symbol(&'static str),
    /// The field `substate` is these bytes.
    Raw(&'static [u8]),
    /// The double `timestamp` has this value.
    Double(f64),
    /// The error is the prefix and this.
    Fails(&'static str, &'static str),
    /// The form is right, but nobody knows the topic.
    Parses(&'static str),
    /// The outer form is wrong.
    Form(&'static str),
}

use Want::{Double, Fails, Fields, Form, Parses, Raw, Symbol, Text};

const WANTED: [Want; 64] = [
    Fields(&[("sal_origin", Avro::Int(101)), ("sal_host", Avro::Int(202))]),
    Fields(&[("heartbeat", Avro::Boolean(false))]),
    Fields(&[("heartbeat", Avro::Boolean(false))]),
    Fails(BEAT, "item 7 (field `heartbeat`): it is missing"),
    Fails(BEAT, "item 7 (field `heartbeat`): `` is not a boolean (0, 1, false or true)"),
    Text("/data/a.fits"),
    Text("http: x"),
    Text("a;b"),
    Text("+5V"),
    Text("a=b"),
    Text("a@b"),
    Text("say \"hi\""),
    Text("50%"),
    Text("[1]"),
    Text("{}"),
    Text("a_b.c-d"),
    Text("abc) def"),
    Text("f(x)"),
    Text("Smith, John"),
    Text("  padded  "),
    Text("'quoted'"),
    Text("O'Hara"),
    Text(""),
    Text("a\nb"),
    Text("Ñandú"),
    Text("20 °C"),
    Form("text follows the closing parenthesis"),
    Fails(STAMP, "after the last item: `2.5` is one item too many"),
    Fails(STAMP, "item 7 (field `timestamp`): it is missing"),
    Fails(BEAT, "item 6 (field `sal_host`): it is missing"),
    Double(1e20),
    Double(1e20),
    Double(f64::NAN),
    Double(f64::INFINITY),
    Fails(STAMP, "item 7 (field `timestamp`): `1_000.5` is not a number"),
    Fails(COLL, "item 7 (field `num`): `1_000` is not an integer"),
    Fails(COLL, "item 7 (field `num`): `٤٢` is not an integer"),
    Fails(COLL, "item 7 (field `num`): `3.0` is not an integer"),
    Fields(&[("num", Avro::Int(3))]),
    Fails(COLL, "item 7 (field `num`): `0x10` is not an integer"),
    Fails(COLL, "item 7 (field `num`): `4000000000` is out of range for a 32-bit integer"),
    Fails(COLL, "item 7 (field `num`): `1099511627776` is out of range for a 32-bit integer"),
    Fails(
        BUILDING,
        "item 7 (field `detailedState`): `18446744073709551615` is out of range for a 64-bit integer",
    ),
    Fails(
        BUILDING,
        "item 7 (field `detailedState`): `9223372036854775808` is out of range for a 64-bit integer",
    ),
    Fields(&[("detailedState", Avro::Long(i64::MAX))]),
    Fields(&[("sal_sequence", Avro::Long(4_294_967_296))]),
    Fails(BEAT, "item 6 (field `sal_host`): `3232235777` is out of range for a 32-bit integer"),
    Fails(BEAT, "item 2 (field `sal_created`): `nan` is not a time in seconds since 1970"),
    Fields(&[("sal_created", Avro::Long(0)), ("sal_ingested", Avro::Long(0))]),
    Fields(&[("sal_created", Avro::Long(-1500)), ("sal_ingested", Avro::Long(-1))]),
    Fails(
        BEAT,
        "item 2 (field `sal_created`): `1547758756335.0` is not a time in seconds since 1970",
    ),
    Fields(&[
        ("sal_created", Avro::Long(1_547_758_756_336)),
        ("sal_ingested", Avro::Long(1_547_758_757_000)),
    ]),
    Fields(&[("sal_created", Avro::Long(1_547_758_756_335))]),
    Symbol("DISABLED"),
    Symbol("DISABLED"),
    Fails(CAMERA, "item 7 (field `substate`): `'NOPE'` is not a symbol of the enumeration"),
    Parses("X_nope"),
    Form("it is empty"),
    Parses("X_a"),
    Fields(&[("heartbeat", Avro::Boolean(true))]),
    Fields(&[("heartbeat", Avro::Boolean(true))]),
    Fields(&[("heartbeat", Avro::Boolean(true))]),
    Raw(b"\x41"),
    Fails(STATE, "item 7 (field `substate`): `''` is not a byte (0 to 255)"),
];

#[test]
fn awkward_messages_do_what_they_should() {
    let Some(lines) = golden::lines("sal-text-oddities.jsonl") else { return };
    let folder = golden::path("ts_xml-2019-01").unwrap();
    let interfaces = Interfaces::read(&folder, &[]).unwrap();
    let options = kafkaefd::formats::sal::layout::Options::of(Layout::Kafkaefd);
    let made = schemas(&interfaces, &options).into_iter();
    let known: HashMap<String, Schema> =
        made.map(|topic| (topic.topic, Schema::parse(&topic.schema).unwrap())).collect();
    assert_eq!(lines.len(), WANTED.len());
    for (line, want) in lines.iter().zip(&WANTED) {
        judge(&known, line["text"].as_str().unwrap(), want);
    }
}

fn judge(known: &HashMap<String, Schema>, text: &str, want: &Want) {
    let message = match (split(text.as_bytes()), want) {
        (Ok(message), Parses(topic)) => {
            assert_eq!(message.topic, *topic);
            assert!(!known.contains_key(*topic));
            return;
        }
        (Err(error), Form(why)) => {
            let shown: String = text.chars().take(60).collect();
            let shown = if text.chars().count() > 60 { shown + "…" } else { shown };
            assert_eq!(error.to_string(), format!("cannot read the SAL message `{shown}`: {why}"));
            return;
        }
        (message, _) => message.unwrap(),
    };
    let schema = &known[message.topic];
    let transform = Transform::compile(schema, Options::default()).unwrap();
    let mut bytes = b"kept".to_vec();
    match (transform.write(&message, 7, &mut bytes), want) {
        (Err(error), Fails(prefix, rest)) => {
            assert_eq!(error.to_string(), format!("{prefix}{rest}"));
            assert_eq!(error.kind(), Kind::Invalid);
            assert_eq!(bytes, b"kept");
        }
        (Err(error), _) => panic!("{error}: {text}"),
        (Ok(()), want) => fields(want, &decode(schema, &bytes[4..]).unwrap(), text),
    }
}

fn fields(want: &Want, record: &Avro, text: &str) {
    let Avro::Record(fields) = record else { panic!("{record:?}") };
    let field = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name);
        &found.unwrap_or_else(|| panic!("no {name}: {fields:?}")).1
    };
    match want {
        Fields(wanted) => {
            for (name, value) in *wanted {
                assert_eq!(value, field(name), "{text}");
            }
        }
        Text(value) => assert_eq!(field("roiSpec"), &Avro::String((*value).to_owned()), "{text}"),
        Symbol(value) => assert_eq!(field("substate"), &Avro::String((*value).to_owned())),
        Raw(value) => assert_eq!(field("substate"), &Avro::Bytes(value.to_vec())),
        Double(value) => {
            let Avro::Double(got) = field("timestamp") else { panic!("{fields:?}") };
            assert_eq!(got.is_nan(), value.is_nan());
            assert!(got.is_nan() || got.total_cmp(value).is_eq(), "{got}: {text}");
        }
        Fails(prefix, rest) => panic!("no error but {fields:?}, wanted {prefix}{rest}"),
        Parses(_) | Form(_) => panic!("{text}"),
    }
}
