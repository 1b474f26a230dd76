//! What is registered here, Confluent's Python client reads, and the reverse.

use crate::support::{Bed, on_bed};

const READ: &str = r"
import json, sys
from confluent_kafka.schema_registry import SchemaRegistryClient
client = SchemaRegistryClient({'url': sys.argv[1]})
found = client.get_latest_version(sys.argv[2])
print(found.schema_id, found.version, found.schema.schema_type)
print(json.dumps(json.loads(found.schema.schema_str), sort_keys=True))
print([(r.name, r.subject, r.version) for r in found.schema.references or []])
print(client.get_compatibility(sys.argv[2]))
";

const WRITE: &str = r#"
import sys
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
client = SchemaRegistryClient({'url': sys.argv[1]})
used, user = sys.argv[2:]
mode = Schema('{"type": "enum", "name": "org.Mode", "symbols": ["ON", "OFF"]}', 'AVRO')
client.register_schema(used, mode)
text = '{"type": "record", "name": "org.State", "fields": [{"name": "mode", "type": "org.Mode"}]}'
uses = [SchemaReference(name='org.Mode', subject=used, version=1)]
print(client.register_schema(user, Schema(text, 'AVRO', uses)))
client.set_compatibility(user, 'FORWARD')
"#;

fn both_ways(bed: &Bed, key: &str) {
    let (stack, url) = (bed.with_registry(key), bed.get(key));
    let call = |args: &[&str]| {
        let call = stack.kafkaefd().args([&["registry"], args].concat());
        call.file("mode.json", r#"{"type": "enum", "name": "M", "symbols": ["A"]}"#)
            .file("list.json", r#"{"type": "array", "items": "M"}"#)
    };
    call(&["upload", "mode-######", "mode.json"]).success();
    let reference = "M=mode-######:1";
    let id =
        call(&["upload", "list-######", "list.json", "--reference", reference]).success().stdout;
    let id = String::from_utf8(id).unwrap().trim().to_owned();
    call(&["compat", "--subject", "list-######", "--set", "FULL_TRANSITIVE"]).success();
    let (mode, list) = (bed.name("mode"), bed.name("list"));
    assert_eq!(
        bed.python(READ, &[url, &list]),
        format!(
            "{id} 1 AVRO\n{{\"items\": \"M\", \"type\": \"array\"}}\n\
             [('M', '{mode}', 1)]\nFULL_TRANSITIVE\n"
        )
    );
    let (first, second) = (bed.name("used"), bed.name("user"));
    let id = bed.python(WRITE, &[url, &first, &second]).trim().to_owned();
    call(&["show", "user-######", "--detail", "--output", "yaml"])
        .stdout(&format!(
            "id: {id}\nreferences:\n- name: org.Mode\n  subject: used-######\n  version: 1\n\
             schema:\n  type: record\n  name: org.State\n  fields:\n  - name: mode\n    \
             type: org.Mode\nsubject: user-######\ntype: AVRO\nversion: 1\n"
        ))
        .success();
    call(&["compat", "--subject", "user-######"]).stdout("FORWARD\n").success();
    stack
        .script(
            "print(registry::decode(registry::encode(\"user-######\", #{ mode: \"OFF\" })).mode)",
        )
        .stdout("OFF\n")
        .success();
}

on_bed! {
    fn with_apicurio(bed: &Bed) {
        both_ways(bed, "APICURIO");
    }

    fn with_franz(bed: &Bed) {
        both_ways(bed, "FRANZ");
    }
}
