use super::site::Site;
use crate::support::{Stack, on_bed, on_each_stack};

/// 20 winds with keys and a message that cannot be read, in the layout LAYOUT.
const FEED: &str = r#"
let wind = interfaces.topic("Weather######_wind", #{ layout: "LAYOUT" });
let mock = sal::mock(wind);
let producer = kafka::producer();
for i in 0..20 {
    producer.send(wind.text_topic, #{ key: `k${i}`, value: mock.text(), headers: #{ n: `${i}` } });
}
producer.send(wind.text_topic, "not SAL at all");
producer.flush();
"#;

const DONE: &str = "\
group                    consumed  produced  skipped  dead_letters
Weather######_command           0         0        0             0
Weather######_event             0         0        0             0
Weather######_logevent          0         0        0             0
Weather######_telemetry        21        20        0             1
";

/// Decodes what is in a topic with fastavro, and the schema that the registry has for its id.
const PYTHON: &str = r#"
import io, json, struct, sys, urllib.request
import fastavro
from confluent_kafka import Consumer
broker, registry, topic, field = sys.argv[1:]
consumer = Consumer({"bootstrap.servers": broker, "group.id": topic + "-python",
                     "auto.offset.reset": "earliest", "isolation.level": "read_committed"})
consumer.subscribe([topic])
schemas, numbers = {}, []
while len(numbers) < 20:
    message = consumer.poll(10)
    assert message is not None and message.error() is None, message
    magic, number = struct.unpack(">bI", message.value()[:5])
    assert magic == 0
    if number not in schemas:
        with urllib.request.urlopen(f"{registry}/schemas/ids/{number}") as answer:
            schemas[number] = fastavro.parse_schema(json.loads(json.load(answer)["schema"]))
    rest = io.BytesIO(message.value()[5:])
    value = fastavro.schemaless_reader(rest, schemas[number])
    assert rest.read() == b""
    numbers.append((message.key().decode(), dict(message.headers())["n"].decode(), value[field]))
consumer.close()
assert numbers == [(f"k{i}", str(i), i + 1) for i in range(20)], numbers
print("all there", {schema["name"] for schema in schemas.values()})
"#;

fn run(site: &Site<'_>, layout: &str, prefix: &str) {
    let names = ["--layout", layout, "--topic-prefix", prefix];
    site.init().args(names).success();
    site.script(&FEED.replace("LAYOUT", layout)).stderr("").success();
    site.once().args(names).stdout(DONE).success();
}

on_each_stack! {
    /// Nothing is made of the second layout, whose names Kafka would take for those of the first.
    fn the_layouts_need_prefixes_of_their_own(stack: &Stack) {
        let site = Site::new(stack);
        site.init().success();
        let stderr = "\
error: cannot create topic lsst.sal.Weather######.logevent_skyCondition: Kafka takes it for \
lsst.sal.Weather######_logevent_skyCondition, which exists
help: one prefix is for one layout: give another one than lsst.sal with --topic-prefix, or delete \
the topics of the other layout
";
        site.init().args(["--layout", "ts_xml"]).stdout("").stderr(stderr).code(1);
        site.init().args(["--layout", "ts_xml", "--topic-prefix", "other.######"]).success();
    }

    fn messages_of_2019_go_to_the_topics_of_2019(stack: &Stack) {
        let site = Site::new(stack);
        run(&site, "kafkaefd", "lsst.sal");
        let check = r#"
            let topic = "lsst.sal.Weather######_wind";
            for record in kafka::consumer(topic, #{ to: "end", max: 1 }) {
                print([record.key, record.headers.n, record.schema_name == topic]);
                print(record.value.keys().filter(|name| name.starts_with("sal_")));
            }
        "#;
        let fields = ["created", "host", "ingested", "origin", "revcode", "sequence"];
        let fields = fields.map(|field| format!("\"sal_{field}\"")).join(", ");
        let shown = format!("[\"k0\", \"0\", true]\n[{fields}]\n");
        stack.script(check).stdout(&shown).stderr("").success();
    }

    fn messages_of_today_go_to_the_topics_of_today(stack: &Stack) {
        let site = Site::new(stack);
        run(&site, "ts_xml", "lsst.sal");
        let check = r#"
            for record in kafka::consumer("lsst.sal.Weather######.wind", #{ to: "end", max: 1 }) {
                let value = record.value;
                print([record.key, record.schema_name, value.private_seqNum]);
                print(value.private_identity);
                // Stamps are TAI, 37 s ahead; the one of the EFD is UTC.
                print((value.private_sndStamp - value.private_efdStamp).round());
            }
        "#;
        let shown = "[\"k0\", \"lsst.sal.Weather######.wind\", 1]\nWeather######\n37.0\n";
        stack.script(check).stdout(shown).stderr("").success();
    }
}

on_bed! {
    fn python_reads_what_a_run_wrote(bed: &Bed) {
        let stack = bed.stack();
        let site = Site::new(&stack);
        let read = |topic: &str, field| {
            let topic = stack.tagged(topic);
            let said = bed.python(PYTHON, &[stack.broker(), stack.registry(), &topic, field]);
            assert!(said.starts_with("all there"), "{said}");
        };
        run(&site, "kafkaefd", "lsst.sal");
        read("lsst.sal.Weather######_wind", "sal_sequence");
        run(&site, "ts_xml", "lsst.now");
        read("lsst.now.Weather######.wind", "private_seqNum");
    }
}

on_each_stack! {
    /// What was made of a message and its offset are committed together.
    fn a_run_may_deliver_exactly_once(stack: &Stack) {
        let site = Site::new(stack);
        site.init().success();
        site.script(&FEED.replace("LAYOUT", "kafkaefd")).stderr("").success();
        let once = || site.once().args(["--delivery", "exactly-once"]);
        once().stdout(DONE).success();
        let nothing = DONE.replace("21        20        0             1", " 0         0        0             0");
        once().stdout(&nothing).success();
        let output = once().args(["--disable-producer-acks"]).code(2);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("needs every acknowledgement"), "{said}");
    }
}

#[test]
fn clocks_may_run_on_utc_or_tai() {
    let stack = Stack::new();
    let site = Site::new(&stack);
    site.init().success();
    let feed = r#"
        let wind = interfaces.topic("Weather######_wind");
        let text = sal::text(wind, #{}, #{ sent: 1000000, received: 1000000 });
        kafka::producer().deliver(wind.text_topic, text);
    "#;
    for (scale, expected) in [("utc", "1000000\n"), ("tai", "963000\n")] {
        site.script(feed).success();
        let prefix = format!("in-{scale}");
        site.init().args(["--topic-prefix", &prefix]).success();
        let line = ["--topic-prefix", &prefix, "--time-scale", scale, "--rewind-to-start"];
        site.once().args(line).success();
        let read = "print(kafka::consumer(\"SCALE.Weather######_wind\").read().value.sal_created);";
        stack.script(&read.replace("SCALE", &prefix)).stdout(expected).success();
    }
}
