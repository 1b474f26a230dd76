use std::collections::HashMap;

use kafkaefd::formats::avro::{Schema, wire};
use kafkaefd::formats::sal::text::{Options, Transform, split};
use serde_json::Value;

use super::golden;

const NOW: i64 = 1_547_758_757_123;

fn schemas() -> Option<HashMap<String, Schema>> {
    let lines = golden::lines("golden-2019.jsonl")?;
    let named = |line: &Value| {
        let topic = line["topic"].as_str().unwrap().to_owned();
        (topic, Schema::parse(&line["schema"].to_string()).unwrap())
    };
    Some(lines.iter().map(named).collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + format!("{byte:02x}").as_str())
}

#[test]
fn messages_of_2019_become_the_bytes_they_should() {
    let Some(schemas) = schemas() else { return };
    let messages = golden::lines("golden-transform.jsonl").unwrap();
    assert_eq!(messages.len(), 143);
    for line in messages {
        let text = line["text"].as_str().unwrap();
        let message = split(text.as_bytes()).unwrap();
        let transform = Transform::compile(&schemas[message.topic], Options::default()).unwrap();
        let mut bytes = Vec::new();
        wire::frame(u32::try_from(line["schema_id"].as_u64().unwrap()).unwrap(), &mut bytes);
        transform.write(&message, NOW, &mut bytes).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert_eq!(hex(&bytes), line["avro_hex_fixed"].as_str().unwrap(), "{text}");
    }
}
