//! Pairs of schemas and what registries say to them: the tables `*.json`, held against this
//! project's check, the embedded registry, Apicurio and Avro's own check in Java, which is what
//! Confluent's registry calls.
//!
//! A case tells why the new schema may not follow the old one, `backward` (the new one reads) and
//! `forward` (the old one reads): a reason and its place in the schema that reads. Where Java's
//! check or Apicurio answers otherwise, `java` and `apicurio` hold its answer and the reason for it.
//!
//! `histories.json` has three versions each, for the levels that look at all; `valid.json` and
//! `invalid.json` single schemas.

mod apicurio;
mod embedded;
mod histories;
mod java;
mod levels;
mod validity;

use serde::Deserialize;
use serde_json::Value;

const TABLES: [&str; 9] = [
    include_str!("fields.json"),
    include_str!("primitives.json"),
    include_str!("names.json"),
    include_str!("enums.json"),
    include_str!("unions.json"),
    include_str!("containers.json"),
    include_str!("nested.json"),
    include_str!("logical.json"),
    include_str!("sal.json"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub case: String,
    pub old: Value,
    pub new: Value,
    /// `KIND /path` of each reason.
    pub backward: Vec<String>,
    pub forward: Vec<String>,
    #[serde(default)]
    pub java: Difference,
    #[serde(default)]
    pub apicurio: Difference,
}

/// What another check answers instead.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Difference {
    pub backward: Option<Vec<String>>,
    pub forward: Option<Vec<String>>,
    pub why: String,
}

/// All pairs of all tables.
pub fn all() -> Vec<Pair> {
    TABLES.iter().flat_map(|table| serde_json::from_str::<Vec<Pair>>(table).unwrap()).collect()
}

#[test]
fn each_case_is_named_once_and_each_difference_is_explained() {
    let pairs = all();
    let mut names: Vec<&str> = pairs.iter().map(|pair| pair.case.as_str()).collect();
    names.sort_unstable();
    let twice: Vec<_> = names.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(pairs.len() >= 60, "{}", pairs.len());
    for Pair { case, java, apicurio, .. } in &pairs {
        for Difference { backward, forward, why } in [java, apicurio] {
            assert_eq!(backward.is_some() || forward.is_some(), !why.is_empty(), "{case}");
        }
    }
}
