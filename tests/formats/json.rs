//! JSON text, against what `serde_json` makes of it.

use kafkaefd::formats::json::{indented, sorted};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value};

/// Any JSON, with strings that hold what stands between tokens.
fn any_json() -> impl Strategy<Value = Value> {
    let text = || r#"[a-c"\\{}\[\],: \né]{0,6}"#;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            // Keys whose order does not depend on how they are escaped.
            prop::collection::vec(("[a-c_]{0,3}", inner), 0..5)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn is_indented_as_serde_json_does(json in any_json(), blanks in 0..5_usize) {
        let mut wanted = Vec::new();
        let indent = " ".repeat(blanks);
        let formatter = PrettyFormatter::with_indent(indent.as_bytes());
        json.serialize(&mut Serializer::with_formatter(&mut wanted, formatter)).unwrap();
        let made = indented(json.to_string().as_bytes(), blanks);
        prop_assert_eq!(String::from_utf8(made).unwrap(), String::from_utf8(wanted).unwrap());
    }

    #[test]
    fn keys_are_sorted_at_every_depth(json in any_json()) {
        let made = String::from_utf8(sorted(json.to_string().as_bytes(), 2)).unwrap();
        let mut wanted = json;
        wanted.sort_all_objects();
        prop_assert_eq!(made, serde_json::to_string_pretty(&wanted).unwrap());
    }

    #[test]
    fn text_that_is_no_json_does_no_harm(text in r#"[a"\\{}\[\],:é]{0,20}"#) {
        indented(text.as_bytes(), 2);
        sorted(text.as_bytes(), 2);
    }
}
