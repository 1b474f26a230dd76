use std::fmt::Write as _;

use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::avro::evolution::{Level, objections};
use serde_json::Value;

use super::{Difference, Pair};
use crate::support::on_bed;

/// The reasons that Java's check gives, with the details of this project's where they agree.
fn expected(pair: &Pair) -> (Vec<String>, Vec<String>) {
    let Pair { old, new, java: Difference { backward, forward, .. }, .. } = pair;
    let parse = |schema: &Value| Schema::parse(&schema.to_string()).unwrap();
    let reasons = |level| {
        let all = objections(level, &parse(new), &parse(old));
        all.iter().map(|why| format!("{} {} {}", why.kind, why.path, why.detail)).collect()
    };
    (
        backward.clone().unwrap_or_else(|| reasons(Level::Backward)),
        forward.clone().unwrap_or_else(|| reasons(Level::Forward)),
    )
}

on_bed! {
    /// Each reason with its kind, its place and its detail.
    fn gives_the_same_reasons(bed: &Bed) {
        let pairs = super::all();
        let mut input = String::new();
        for Pair { old, new, .. } in &pairs {
            writeln!(input, "{old}\t{new}").unwrap();
        }
        let program = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/embedded/registry/pairs/Compatibility.java"
        );
        let output = bed.java(program, &input);
        let answers: Vec<&str> = output.lines().collect();
        assert_eq!(answers.len(), pairs.len(), "{output}");
        let mut wrong = Vec::new();
        for (pair, answer) in pairs.iter().zip(answers) {
            let (backward, forward) = answer.split_once('\t').unwrap();
            let reasons = |text: &str| {
                let all = text.split('|').filter(|reason| !reason.is_empty());
                all.map(str::to_owned).collect::<Vec<_>>()
            };
            let (found, expected) = ((reasons(backward), reasons(forward)), expected(pair));
            if found != expected {
                wrong.push(format!("{}: {found:?}, not {expected:?}", pair.case));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
