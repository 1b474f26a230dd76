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
            "helloavro[0]@0: key #{\"name\": \"default\"}, value #{\"content\": \"Hello Influx\"}\n",
        )
        .stderr("")
        .success();
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
