//! `aioload produce`.

use serde_json::{Value, json};

use crate::support::{Running, Stack, get, on_bed, on_each_stack};

/// What the command measured, as JSON.
fn produced(stack: &Stack, args: &[&str]) -> Value {
    let line = ["aioload", "produce", "--name", "load-######-", "--prometheus-port", "0"];
    let output = stack.kafkaefd().args(line).args(args).args(["--output", "json"]).success();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn prepare(stack: &Stack, count: &str) {
    let line = ["aioload", "init-topics", "--name", "load-######-", "--count", count];
    stack.kafkaefd().args(line).success();
}

on_each_stack! {
    fn time_stamps_are_sent_at_their_rate(stack: &Stack) {
        prepare(stack, "2");
        let done = produced(stack, &["--count", "2", "--hertz", "20", "--seconds", "1"]);
        assert_eq!(
            (&done["sent"], &done["acknowledged"], &done["failed"]),
            (&json!(40), &json!(40), &json!(0))
        );
        let check = r#"
            for number in 0..2 {
                let records = kafka::consumer(`load-######-${number}`, #{ max: 20 }).read_all();
                print(records.all(|r| r.key.name == "default" && r.value.timestamp == r.timestamp));
                let stamps = records.map(|record| record.value.timestamp);
                let gaps = []; for i in 1..20 { gaps.push(stamps[i] - stamps[i - 1]); }
                print(gaps.all(|gap| gap == 50 || gap == 49 || gap == 51));
            }
        "#;
        stack.script(check).stdout("true\ntrue\ntrue\ntrue\n").success();
    }

    /// Another one finds out later what was run, with which schemas, and whether it kept to what.
    fn a_manifest_is_left(stack: &Stack) {
        prepare(stack, "1");
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("run.json").to_str().unwrap().to_owned();
        let line = ["aioload", "produce", "--name", "load-######-", "--prometheus-port", "0"];
        let rest = ["--hertz", "50", "--max", "3", "--threshold", "sent > 3", "--manifest", &file];
        let stderr = " INFO 1 topics at 50.0 Hz each\n\
            error: `load-######-` did not keep to its thresholds: sent > 3 (3)\n";
        stack.kafkaefd().args(line).args(rest).stderr(stderr).code(5);
        let manifest: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(manifest["script"]["name"], "bundled:aioload/produce.rhai");
        let topic = stack.tagged("load-######-0");
        assert!(manifest["outcome"]["parameters"]["schemas"][&topic].as_u64() > Some(0));
        assert!(manifest["imports"]["bundled:std/aioload.rhai"].is_string());
        assert_eq!(manifest["arguments"]["name"], stack.tagged("load-######-"));
    }

    /// The nodes have all topics together, and none twice.
    fn nodes_share_the_topics(stack: &Stack) {
        prepare(stack, "3");
        let args = ["--count", "3", "--hertz", "10", "--seconds", "1", "--producer-count", "2"];
        for (id, sent) in [("0", 20), ("1", 10)] {
            let done = produced(stack, &[&args[..], &["--producer-id", id]].concat());
            assert_eq!(done["sent"], json!(sent));
        }
        let counts = r#"
            print([0, 1, 2].map(|i| kafka::consumer(`load-######-${i}`, #{ to: "end" })
                .read_all().len()));
        "#;
        stack.script(counts).stdout("[10, 10, 10]\n").success();
    }

    fn topics_that_do_not_exist_are_named(stack: &Stack) {
        stack
            .kafkaefd()
            .args(["aioload", "produce", "--name", "none-######-"])
            .stderr(
                "error: cannot produce: topic none-######-0 does not exist\n\
                 help: create it with: kafkaefd aioload init-topics, and the same options\n",
            )
            .code(1);
    }
}

const READ: &str = r"
import io, json, struct, sys
from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from fastavro import parse_schema, schemaless_reader
broker, registry, topic = sys.argv[1:]
client = SchemaRegistryClient({'url': registry})
consumer = Consumer({'bootstrap.servers': broker, 'group.id': topic + '-python'})
consumer.assign([TopicPartition(topic, 0, 0)])
def decode(data):
    magic, number = struct.unpack('>bI', data[:5])
    assert magic == 0
    schema = parse_schema(json.loads(client.get_schema(number).schema_str))
    rest = io.BytesIO(data[5:])
    value = schemaless_reader(rest, schema)
    assert rest.read() == b''
    return value
for number in range(3):
    message = consumer.poll(30)
    key, value = decode(message.key()), decode(message.value())
    stamp = int(value['timestamp'].timestamp() * 1000 + 0.5)
    headers = dict(message.headers())
    assert abs(stamp - int(headers['kafkaefd-sent']) / 1000) <= 1, (stamp, headers)
    print(key, list(value), headers['kafkaefd-sequence'].decode())
";

on_bed! {
    fn python_reads_the_records(bed: &Bed) {
        let stack = bed.stack();
        prepare(&stack, "1");
        produced(&stack, &["--hertz", "50", "--max", "3"]);
        let topic = stack.tagged("load-######-0");
        assert_eq!(
            bed.python(READ, &[bed.get("KAFKA"), bed.get("APICURIO"), &topic]),
            "{'name': 'default'} ['timestamp'] 0\n\
             {'name': 'default'} ['timestamp'] 1\n\
             {'name': 'default'} ['timestamp'] 2\n"
        );
    }
}

#[test]
fn its_metric_has_its_name() {
    let stack = Stack::new();
    stack.kafkaefd().args(["aioload", "init-topics"]).success();
    let home = tempfile::TempDir::new().unwrap();
    let line = ["aioload", "produce", "--hertz", "50", "--prometheus-port", "0"];
    let servers = ["--broker", stack.broker(), "--registry", stack.registry()];
    let args = [&line[..], &servers[..], &["--log-level", "info"]].concat();
    let mut running = Running::start(home.path(), &args);
    let said = running.says("metrics are at http://");
    let address = said.split_once("http://").unwrap().1.split_once('/').unwrap().0.to_owned();
    while !get(&address, "/metrics").1.contains("\nproduced_total 1") {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    // What was sent is awaited, and what was measured is shown.
    let ended = running.stop("INT");
    assert_eq!(ended.code, Some(130), "{}", ended.stderr);
    assert!(ended.stdout.contains("acknowledged"), "{}", ended.stdout);
}
