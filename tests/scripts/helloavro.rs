//! `helloavro produce` and `helloavro consume`.

use crate::support::Stack;

#[test]
fn a_message_arrives_decoded_with_its_schemas_registered() {
    let stack = Stack::new();
    stack
        .kafkaefd()
        .args(["helloavro", "produce", "Hello Influx"])
        .stdout("delivered to helloavro, partition 0, offset 0\n")
        .stderr("")
        .success();
    stack
        .kafkaefd()
        .args(["helloavro", "consume", "--max", "1"])
        .stdout(
            "helloavro[0]@0: key {\"name\":\"default\"}, value {\"content\":\"Hello Influx\"}\n",
        )
        .stderr("")
        .success();
    let output = stack
        .kafkaefd()
        .args(["helloavro", "consume", "--max", "1", "--group", "json", "--output", "json"])
        .success();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["key"], serde_json::json!({ "name": "default" }));
    assert_eq!(record["value"], serde_json::json!({ "content": "Hello Influx" }));
    stack
        .script(
            "for subject in registry::subjects() { print(`${subject} \
             ${registry::latest(subject).schema.name}`) }\n\
             let record = kafka::consumer(\"helloavro\").read();\n\
             print(record.value_bytes[0] == 0 && record.schema_id > 0);",
        )
        .stdout(
            "helloavro-key org.lsst.kafka_efd_demo.helloavro.helloavro_key\n\
             helloavro-value org.lsst.kafka_efd_demo.helloavro.helloavro_value\ntrue\n",
        )
        .success();
}
