//! Dead letters of Kafka Connect have the same ten headers.

use serde_json::json;

use crate::support::http::call;
use crate::support::on_bed;

on_bed! {
    fn those_of_kafka_connect_are_listed_and_sent_back(bed: &Bed) {
        let stack = bed.stack();
        let make = r#"
            kafka::create_topic("sunk-######");
            kafka::create_topic("dead-######");
            let producer = kafka::producer();
            for value in ["1", "{", "2"] {
                producer.send("sunk-######", #{ key: "k", value: value, headers: #{ unit: "K" } });
            }
            producer.flush();
        "#;
        stack.script(make).success();
        let file = bed.folder().join(stack.name("sunk"));
        let config = json!({
            "connector.class": "org.apache.kafka.connect.file.FileStreamSinkConnector",
            "tasks.max": "1",
            "topics": stack.name("sunk"),
            "file": file,
            "key.converter": "org.apache.kafka.connect.storage.StringConverter",
            "value.converter": "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable": "false",
            "errors.tolerance": "all",
            "errors.deadletterqueue.topic.name": stack.name("dead"),
            "errors.deadletterqueue.topic.replication.factor": "1",
            "errors.deadletterqueue.context.headers.enable": "true",
        });
        let connect = bed.get("CONNECT").trim_start_matches("http://").to_owned();
        let path = format!("/connectors/{}", stack.name("sink"));
        let (head, said) = call(&connect, "PUT", &format!("{path}/config"), &config.to_string()).unwrap();
        assert!(head.contains(" 201 "), "{head} {said}");
        let wait = "print(kafka::consumer(\"dead-######\", #{ timeout: 240 }).read().value);";
        stack.script(wait).stdout("{\n").success();
        call(&connect, "DELETE", &path, "").unwrap();
        let _ = std::fs::remove_file(file);

        let list = ["dead-letters", "list", "dead-######", "--output", "json"];
        let listed = stack.kafkaefd().args(list).stderr("").success();
        let rows: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
        assert_eq!(rows[0]["class"], "org.apache.kafka.connect.errors.DataException");
        assert_eq!(rows[0]["stage"], "org.apache.kafka.connect.json.JsonConverter");
        assert_eq!(rows[0]["input"], stack.name("sunk"));
        assert_eq!(rows[0]["count"], 1);
        stack.kafkaefd().args(["dead-letters", "replay", "dead-######"]).success();
        let sent = r#"
            let record = kafka::consumer("sunk-######", #{ from: 3, to: "end" }).read();
            print([record.key, record.value, record.headers]);
        "#;
        stack.script(sent).stdout("[\"k\", \"{\", #{\"unit\": \"K\"}]\n").success();
    }
}
