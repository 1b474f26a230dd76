//! Single schemas: those that registries take, and those that they refuse.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::api::Api;
use super::levels::{forget, marked, patiently};
use crate::support::on_bed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Single {
    case: String,
    schema: Value,
    /// Why Java's parser takes what is refused here.
    #[serde(default)]
    java: Option<String>,
}

/// The cases, with whether each is valid.
fn all() -> Vec<(Single, bool)> {
    let read = |text| serde_json::from_str::<Vec<Single>>(text).unwrap().into_iter();
    let valid = read(include_str!("valid.json")).map(|case| (case, true));
    valid.chain(read(include_str!("invalid.json")).map(|case| (case, false))).collect()
}

/// Where the registry at `api` does not take what `valid` says.
fn differences(api: &Api, prefix: &str, valid: impl Fn(&Single, bool) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, (case, fine)) in all().iter().enumerate() {
        let valid = valid(case, *fine);
        let schema = if valid { marked(&case.schema, prefix) } else { case.schema.clone() };
        let body = json!({ "schema": schema.to_string() }).to_string();
        let takes = patiently(|attempt| {
            let subject = format!("{prefix}-{number}-{attempt}");
            let (_, answer) = api.call(&format!("POST /subjects/{subject}/versions"), Some(&body));
            forget(api, &subject);
            match answer["error_code"].as_i64() {
                None => Ok(true),
                Some(42201) => Ok(false),
                Some(_) => Err(answer),
            }
        });
        if takes != valid {
            wrong.push(format!("{}: {takes}", case.case));
        }
    }
    wrong
}

#[test]
fn the_registry_takes_what_is_valid() {
    let bed = super::super::Bed::new();
    let wrong = differences(bed.api(), "schema", |_, valid| valid);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

on_bed! {
    fn apicurio_takes_what_java_takes(bed: &Bed) {
        let api = Api::at(bed.get("APICURIO"));
        let takes = |case: &Single, valid| valid || case.java.is_some();
        let wrong = differences(&api, &bed.name("schema"), takes);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn java_takes_the_same(bed: &Bed) {
        let (cases, mut input) = (all(), String::new());
        for (case, _) in &cases {
            writeln!(input, "{}", case.schema).unwrap();
        }
        let program =
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/embedded/registry/pairs/Validity.java");
        let output = bed.java(program, &input);
        let answers: Vec<&str> = output.lines().collect();
        assert_eq!(answers.len(), cases.len(), "{output}");
        let differ = |((case, valid), answer): &(&(Single, bool), &str)| {
            (*answer == "valid") != (*valid || case.java.is_some())
        };
        let wrong: Vec<_> = cases.iter().zip(answers).filter(differ).collect();
        let wrong: Vec<_> = wrong.iter().map(|((case, _), answer)| (&case.case, answer)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
