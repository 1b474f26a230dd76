//! Every schema of both eras in both layouts is one for strict readers of Avro too.

use std::fmt::Write as _;

use kafkaefd::formats::sal::interfaces::Interfaces;
use kafkaefd::formats::sal::layout::{Layout, Options, TopicSchema, schemas};
use tempfile::TempDir;

use super::golden;
use crate::support::on_bed;

/// How many schemas the folder `era` makes in each layout, generic topics included.
const COUNTS: [(&str, Layout, usize); 4] = [
    ("ts_xml-2019-01", Layout::Kafkaefd, 2349),
    ("ts_xml-2019-01", Layout::TsXml, 2417),
    ("ts_xml-28.0.1", Layout::Kafkaefd, 3125),
    ("ts_xml-28.0.1", Layout::TsXml, 3348),
];

/// Parses each line of each file; prints how many lines each has. fastavro looks at names and
/// nested defaults less strictly than the specification: that is done here.
const PARSE: &str = r#"
import json, re, sys
import fastavro
from fastavro.validation import validate
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

def check(schema, where):
    parts = schema["name"].split(".") + [p for p in schema.get("namespace", "").split(".") if p]
    assert all(NAME.fullmatch(part) for part in parts), where
    names = [field["name"] for field in schema.get("fields", [])]
    assert len(set(names)) == len(names), where
    assert all(NAME.fullmatch(name) for name in names), where
    for field in schema.get("fields", []):
        kind = field["type"]
        if isinstance(kind, dict) and kind["type"] == "enum":
            check(kind, where)
            assert kind["symbols"], where
        if "default" in field:
            first = kind[0] if isinstance(kind, list) else kind
            assert validate(field["default"], first, raise_errors=True), where

for path in sys.argv[1:]:
    count = 0
    for line in open(path, encoding="utf-8"):
        schema = json.loads(line)
        fastavro.parse_schema(schema)
        check(schema, schema["name"])
        count += 1
    print(count)
"#;

fn made(era: &str, layout: Layout) -> Option<Vec<TopicSchema>> {
    let interfaces = Interfaces::read(&golden::path(era)?, &[]).unwrap();
    Some(schemas(&interfaces, &Options { generics: true, ..Options::of(layout) }))
}

/// That apache-avro parses each is part of the round trip of its values.
#[test]
fn every_topic_becomes_a_record() {
    for (era, layout, count) in COUNTS {
        let Some(made) = made(era, layout) else { return };
        assert_eq!(made.len(), count, "{era} in the layout {}", layout.name());
    }
}

on_bed! {
    fn every_schema_is_one_for_fastavro(bed: &Bed) {
        let folder = TempDir::new().unwrap();
        let mut paths = Vec::new();
        for (era, layout, _) in COUNTS {
            let Some(made) = made(era, layout) else { return };
            let mut lines = String::new();
            for topic in made {
                writeln!(lines, "{}", topic.schema).unwrap();
            }
            let path = folder.path().join(format!("{era}-{}", layout.name()));
            std::fs::write(&path, lines).unwrap();
            paths.push(path.to_str().unwrap().to_owned());
        }
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let counts = COUNTS.map(|(_, _, count)| format!("{count}\n")).concat();
        assert_eq!(bed.python(PARSE, &paths), counts);
    }
}
