//! Names that Avro forbids: mended, and told of.

use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{Layout, Options, TopicSchema, schemas};

/// The only topic of a component `component` whose telemetry is `topic` with `items`: name and
/// further elements.
fn made(component: &str, topic: &str, items: &[(&str, &str)], layout: Layout) -> TopicSchema {
    let item = |(name, more): &(&str, &str)| {
        format!("<item><EFDB_Name>{name}</EFDB_Name><IDL_Type>int</IDL_Type>{more}</item>")
    };
    let items: String = items.iter().map(item).collect();
    let text = format!(
        "<SALTelemetrySet><SALTelemetry><EFDB_Topic>{topic}</EFDB_Topic>{items}</SALTelemetry>\
         </SALTelemetrySet>"
    );
    let folder = tempfile::TempDir::new().unwrap();
    let own = folder.path().join(component);
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join(format!("{component}_Telemetry.xml")), text).unwrap();
    let interfaces = Interfaces::read(folder.path(), &[]).unwrap();
    let mut all = schemas(&interfaces, &Options::of(layout));
    let made = all.swap_remove(0);
    Schema::parse(&made.schema).unwrap();
    made
}

fn fields(made: &TopicSchema) -> Vec<String> {
    let json = made.json();
    let fields = json["fields"].as_array().unwrap();
    let names = fields.iter().map(|field| field["name"].as_str().unwrap().to_owned());
    names.skip(if made.layout == Layout::TsXml { 8 } else { 7 }).collect()
}

const WRONG: [(&str, &str); 7] = [
    ("a b", ""),
    ("2nd", ""),
    ("a_b", ""),
    ("c", ""),
    ("c", ""),
    ("sal_host", ""),
    ("private_origin", ""),
];

#[test]
fn names_of_items_become_valid_and_unique() {
    let old = made("X", "X_t", &WRONG, Layout::Kafkaefd);
    assert_eq!(fields(&old), ["a_b_2", "_2nd", "a_b", "c", "c_2", "sal_host_2", "private_origin"]);
    assert_eq!(
        old.notes,
        [
            "`a b` is no Avro name: it becomes `a_b_2`",
            "`2nd` is no Avro name: it becomes `_2nd`",
            "`c` stands there twice: it becomes `c_2`",
            "`sal_host` is a field of the layout: it becomes `sal_host_2`",
        ]
    );
    let new = made("X", "X_t", &WRONG, Layout::TsXml);
    assert_eq!(fields(&new), ["a_b_2", "_2nd", "a_b", "c", "c_2", "sal_host", "private_origin_2"]);
}

#[test]
fn names_of_topics_and_components_become_valid() {
    let old = made("9-X", "9-X_ä.t", &[], Layout::Kafkaefd);
    assert_eq!(
        (&*old.topic, &*old.subject),
        ("_9_X__.t".replace('.', "_").as_str(), "lsst.sal._9_X___t")
    );
    assert_eq!(old.notes, ["`9-X_ä.t` is no Avro name: it becomes `_9_X___t`"]);
    let new = made("9-X", "9-X_t", &[], Layout::TsXml);
    assert_eq!(new.json()["namespace"], "lsst.sal._9_X");
    assert_eq!(new.kafka_topic, "lsst.sal._9_X.t");
}

#[test]
fn symbols_become_valid_and_unique() {
    let symbols = "<Enumeration>1st=1, A=4, A=5, b-c=6, int</Enumeration>";
    let made = made("X", "X_t", &[("int", symbols), ("X_t", symbols)], Layout::Kafkaefd);
    let json = made.json();
    let kind = |at: usize| &json["fields"][at]["type"];
    assert_eq!(kind(7)["symbols"], serde_json::json!(["_1st", "A", "A_2", "b_c", "int"]));
    assert_eq!(kind(7)["sal_values"], serde_json::json!([1, 4, 5, 6, 7]));
    assert_eq!((&kind(7)["name"], &kind(8)["name"]), (&"int_enum".into(), &"X_t_enum".into()));
    assert_eq!(
        made.notes[..4],
        [
            "symbol `1st` of `int` is no Avro name: it becomes `_1st`",
            "symbol `A` of `int` stands there twice: it becomes `A_2`",
            "symbol `b-c` of `int` is no Avro name: it becomes `b_c`",
            "the enumeration of `int` cannot have its name: it becomes `int_enum`",
        ]
    );
}

#[test]
fn what_is_no_number_is_left_out() {
    let remarks = "<Frequency>often</Frequency><Publishers>2</Publishers>";
    let made = made("X", "X_t", &[("a", remarks)], Layout::Kafkaefd);
    let field = &made.item_fields()[0];
    assert_eq!((field.get("sal_frequency"), &field["sal_publishers"]), (None, &2.into()));
    assert_eq!(made.notes, ["`a`: Frequency `often` is left out: no number"]);
}
