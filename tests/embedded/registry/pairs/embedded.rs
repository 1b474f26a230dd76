use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::avro::evolution::{Level, objections};

use super::super::Bed;
use super::levels;

fn reasons(level: Level, new: &Schema, old: &Schema) -> Vec<String> {
    let all = objections(level, new, old);
    all.iter().map(|why| format!("{} {}", why.kind, why.path)).collect()
}

#[test]
fn each_pair_has_its_reasons() {
    let mut wrong = Vec::new();
    for pair in super::all() {
        let parse = |schema: &serde_json::Value| Schema::parse(&schema.to_string()).unwrap();
        let (old, new) = (parse(&pair.old), parse(&pair.new));
        let both = [&pair.backward[..], &pair.forward[..]].concat();
        let expected = [(Level::Backward, &pair.backward), (Level::Forward, &pair.forward)];
        for (level, expected) in expected.into_iter().chain([(Level::Full, &both)]) {
            let found = reasons(level, &new, &old);
            if found != *expected {
                wrong.push(format!("{}, {level}: {found:?}, not {expected:?}", pair.case));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_registry_answers_at_each_level() {
    let bed = Bed::new();
    let wrong = levels::differences(bed.api(), "pair", |pair| (&pair.backward, &pair.forward));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
