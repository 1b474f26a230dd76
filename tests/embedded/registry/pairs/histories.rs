//! Three versions: the last registers at the levels that the table names.

use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::avro::evolution::{Level, objections};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::api::Api;
use super::levels;
use crate::support::on_bed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct History {
    case: String,
    versions: [Value; 3],
    accepted: Vec<String>,
}

fn all() -> Vec<History> {
    serde_json::from_str(include_str!("histories.json")).unwrap()
}

/// Where the registry at `api` takes the last version at other levels.
fn differences(api: &Api, prefix: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, History { case, versions, accepted }) in all().iter().enumerate() {
        let [first, second, third] =
            versions.each_ref().map(|schema| levels::marked(schema, prefix));
        let takes = |level: &&str| {
            levels::patiently(|attempt| {
                let subject = format!("{prefix}-{number}-{}-{attempt}", level.to_lowercase());
                let register = format!("POST /subjects/{subject}/versions");
                levels::send(api, &register, &first)?;
                levels::set(api, &subject, "NONE")?;
                levels::send(api, &register, &second)?;
                levels::set(api, &subject, level)?;
                let body = json!({ "schema": third.to_string() }).to_string();
                let (status, answer) = api.call(&register, Some(&body));
                levels::forget(api, &subject);
                if [200, 409].contains(&status) { Ok(status == 200) } else { Err(answer) }
            })
        };
        let found: Vec<&str> = levels::LEVELS.into_iter().filter(takes).collect();
        if found != *accepted {
            wrong.push(format!("{case}: {found:?}, not {accepted:?}"));
        }
    }
    wrong
}

#[test]
fn each_level_looks_as_far_back_as_it_says() {
    let wrong = differences(super::super::Bed::new().api(), "history");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The table says what the check says of the pairs in it, which is held against Java's.
#[test]
fn the_table_follows_from_its_pairs() {
    for History { case, versions, accepted } in all() {
        let [first, second, third] =
            versions.map(|schema| Schema::parse(&schema.to_string()).unwrap());
        let may = |level: &Level| {
            objections(*level, &third, &second).is_empty()
                && (!level.is_transitive() || objections(*level, &third, &first).is_empty())
        };
        let found: Vec<_> = Level::ALL.into_iter().filter(may).map(Level::word).collect();
        assert_eq!(found, accepted, "{case}");
    }
}

on_bed! {
    fn apicurio_looks_as_far_back(bed: &Bed) {
        let api = Api::at(bed.get("APICURIO"));
        let wrong = differences(&api, &bed.name("history"));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
