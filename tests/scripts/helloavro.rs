//! `helloavro produce` and `helloavro consume`.

use crate::support::on_each_stack;

on_each_stack! {
    fn a_message_arrives_decoded_with_its_schemas_registered(stack: &Stack) {
        stack
            .kafkaefd()
            .args(["helloavro", "produce", "Hello Influx", "--topic", "helloavro-######"])
            .stdout("delivered to helloavro-######, partition 0, offset 0\n")
            .stderr("")
            .success();
        let consume = |group: &str| {
            let args = ["helloavro", "consume", "--topic", "helloavro-######", "--max", "1"];
            stack.kafkaefd().args(args).args(["--group", group])
        };
        consume("text-######")
            .stdout(
                "helloavro-######[0]@0: key {\"name\":\"default\"}, \
                 value {\"content\":\"Hello Influx\"}\n",
            )
            .stderr("")
            .success();
        let output = consume("json-######").args(["--output", "json"]).success();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        let record: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(record["key"], serde_json::json!({ "name": "default" }));
        assert_eq!(record["value"], serde_json::json!({ "content": "Hello Influx" }));
        stack
            .script(
                "for part in [\"key\", \"value\"] {\n\
                 print(registry::latest(`helloavro-######-${part}`).schema.name) }\n\
                 let record = kafka::consumer(\"helloavro-######\").read();\n\
                 print(record.value_bytes[0] == 0 && record.schema_id > 0);",
            )
            .stdout(
                "org.lsst.kafka_efd_demo.helloavro.helloavro_key\n\
                 org.lsst.kafka_efd_demo.helloavro.helloavro_value\ntrue\n",
            )
            .success();
    }
}
