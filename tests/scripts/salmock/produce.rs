//! What `salmock produce` sends.

use serde_json::json;

use crate::support::{Running, Stack, get, on_bed, on_each_stack};

/// Registers the schema of a SAL topic of the test's own, as `salschema convert --upload` does.
fn prepare(stack: &Stack) {
    let script = r#"
        let schema = sal::demo_interfaces().topics(#{}).find(|t| t.name == "Sensors_thermocouples");
        let schema = schema.schema;
        schema.replace("Sensors_thermocouples", "Sensors######_thermocouples");
        registry::register("lsst.sal.Sensors######_thermocouples", schema);
    "#;
    stack.script(script).success();
}

fn produce(stack: &Stack, args: &[&str]) -> serde_json::Value {
    let line = ["salmock", "produce", "--topic", "Sensors######_thermocouples"];
    let output = stack.kafkaefd().args(line).args(["--prometheus-port", "0", "--output", "json"]);
    serde_json::from_slice(&output.args(args).success().stdout).unwrap()
}

on_each_stack! {
    /// The rate is the true one, and the schema that was found is registered for the topic.
    fn messages_are_sent_at_the_true_rate(stack: &Stack) {
        prepare(stack);
        let done = produce(stack, &["--period", "0.05", "--seconds", "1"]);
        assert_eq!((&done["sent"], &done["acknowledged"]), (&json!(20), &json!(20)));
        let check = r#"
            let topic = "sensors######-thermocouples";
            let records = kafka::consumer(topic, #{ max: 20 }).read_all();
            print(records.all(|record| record.key == ()));
            print(records.all(|record, i| record.value.sal_sequence == i + 1));
            print(records.all(|record| record.value.sal_created == record.timestamp));
            let id = registry::latest(topic + "-value").id;
            print(records.all(|record| record.schema_id == id));
            let first = records[0].timestamp;
            print(records.all(|r, i| (r.timestamp - first - i * 50).abs() <= 1));
            print(records[0].value.keys().len());
        "#;
        let output = stack.script(check).success();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.starts_with("true\ntrue\ntrue\ntrue\ntrue\n"), "{said}");
    }
}

const READ: &str = r"
import io, json, struct, sys
from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from fastavro import parse_schema, schemaless_reader
from fastavro.validation import validate
broker, registry, topic = sys.argv[1:]
client = SchemaRegistryClient({'url': registry})
found = client.get_latest_version(topic + '-value')
text = json.loads(found.schema.schema_str)
schema = parse_schema(text)
counts = {f['name']: f['type']['sal_count'] for f in text['fields']
          if isinstance(f['type'], dict) and 'sal_count' in f['type']}
assert counts
consumer = Consumer({'bootstrap.servers': broker, 'group.id': topic + '-python'})
consumer.assign([TopicPartition(topic, 0, 0)])
for number in range(4):
    message = consumer.poll(30)
    assert message.key() is None
    magic, schema_id = struct.unpack('>bI', message.value()[:5])
    assert (magic, schema_id) == (0, found.schema_id)
    rest = io.BytesIO(message.value()[5:])
    value = schemaless_reader(rest, schema)
    assert rest.read() == b'' and validate(value, schema)
    assert all(len(value[name]) == count for name, count in counts.items())
    print(value['sal_sequence'])
";

on_bed! {
    fn python_reads_the_messages_with_whole_arrays(bed: &Bed) {
        let stack = bed.stack();
        prepare(&stack);
        produce(&stack, &["--hertz", "50", "--max", "4"]);
        let topic = stack.tagged("sensors######-thermocouples");
        let args = [bed.get("KAFKA"), bed.get("APICURIO"), &topic];
        assert_eq!(bed.python(READ, &args), "1\n2\n3\n4\n");
    }
}

/// The dashboards of the predecessor know the name.
#[test]
fn its_metric_has_its_name() {
    let stack = Stack::new();
    prepare(&stack);
    let home = tempfile::TempDir::new().unwrap();
    let line = ["salmock", "produce", "--hertz", "50", "--prometheus-port", "0"];
    let servers = ["--broker", stack.broker(), "--registry", stack.registry()];
    let args = [&line[..], &servers[..], &["--log-level", "info"]].concat();
    let mut running = Running::start(home.path(), &args);
    let said = running.says("metrics are at http://");
    let address = said.split_once("http://").unwrap().1.split_once('/').unwrap().0.to_owned();
    while !get(&address, "/metrics").1.contains("\nsalmock_produced_total 1") {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let ended = running.stop("TERM");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}
