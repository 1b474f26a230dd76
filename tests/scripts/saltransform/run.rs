use std::process::Output;

use super::site::Site;
use super::{init, transform};
use crate::support::{Running, Stack, on_each_stack};

/// 300 winds, a tombstone, and three messages that cannot be read.
const FEED: &str = r#"
let wind = sal::demo_interfaces().topic("Weather_wind");
let mock = sal::mock(wind);
let producer = kafka::producer();
for i in 0..300 { producer.send(wind.text_topic, #{ key: `k${i}`, value: mock.text() }); }
producer.send(wind.text_topic, #{ value: () });
producer.send(wind.text_topic, "not SAL at all");
producer.send(wind.text_topic, "Weather_telemetry Weather_nonsense:( 'a' , 1 , 1 , 1 , 1 , 1 )");
producer.send(wind.text_topic, "Weather_telemetry Weather_wind:( 'a' , 1 , 1 , 1 , 1 , 1 )");
producer.flush();
"#;

/// Where messages come from and go to, and where the metrics are.
fn said_at_start(output: &Output) {
    let text = stderr(output);
    let topics = " INFO topics and groups Weather_command, Weather_event, Weather_logevent, \
                  Weather_telemetry: to lsst.sal.*, dead letters to Weather.dead\n";
    assert!(text.starts_with(topics), "{text}");
    let metrics = text.lines().nth(1).unwrap();
    assert!(metrics.starts_with(" INFO metrics at http://127.0.0.1:"), "{text}");
    assert!(metrics.ends_with("/metrics"), "{text}");
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn run_transforms_and_sets_aside_what_it_cannot_read() {
    let stack = Stack::new();
    init(&stack).success();
    stack.script(FEED).stderr("").success();
    let done = transform(&stack)
        .stdout(
            "\
group              consumed  produced  skipped  dead_letters
Weather_command           0         0        0             0
Weather_event             0         0        0             0
Weather_logevent          0         0        0             0
Weather_telemetry       304       300        1             3
",
        )
        .success();
    said_at_start(&done);
    let check = r#"
        let keys = [];
        for record in kafka::consumer("lsst.sal.Weather_wind", #{ to: "end" }) {
            keys.push(record.key);
            if record.schema_name != record.topic { throw record.schema_name }
            if record.value.sal_sequence != keys.len() { throw "out of order" }
        }
        print(`${keys.len()} ${keys[0]} ${keys[299]}`);
        for record in kafka::consumer("Weather.dead", #{ to: "end" }) {
            if record.headers["kafkaefd.script.sha256"].len() != 64 { throw "no sum" }
            print(record.value);
            print(record.headers["__connect.errors.exception.message"]);
        }
    "#;
    stack
        .script(check)
        .stdout(
            "\
300 k0 k299
not SAL at all
cannot read the SAL message `not SAL at all`: no `:(` follows the topic
Weather_telemetry Weather_nonsense:( 'a' , 1 , 1 , 1 , 1 , 1 )
cannot find the schema of the SAL topic `Weather_nonsense`: the registry has no subject `lsst.sal.Weather_nonsense`
Weather_telemetry Weather_wind:( 'a' , 1 , 1 , 1 , 1 , 1 )
cannot read a SAL message of `Weather_wind`: item 7 (field `timestamp`): it is missing
",
        )
        .stderr("")
        .success();
}

#[test]
fn run_without_topics_says_how_to_prepare_them() {
    let stack = Stack::new();
    let output = transform(&stack).stdout("").code(1);
    let text = stderr(&output);
    let start = "error: cannot transform Weather: no topic Weather_<kind> exists\n";
    assert!(text.starts_with(start), "{text}");
    assert!(
        text.ends_with("help: prepare it with: kafkaefd saltransform init --subsystem Weather\n"),
        "{text}"
    );
}

/// Every message would become a dead letter.
#[test]
fn run_without_schemas_says_how_to_prepare_them() {
    let stack = Stack::new();
    stack.script("kafka::create_topic(\"Weather_telemetry\");").success();
    let text = stderr(&transform(&stack).stdout("").code(1));
    let expected = "error: cannot transform Weather: the registry has no subject lsst.sal.Weather_*\n\
                    help: prepare it with: kafkaefd saltransform init --subsystem Weather\n";
    assert_eq!(text, expected);
    let text = stderr(&transform(&stack).args(["--layout", "ts_xml"]).stdout("").code(1));
    assert!(text.contains("the registry has no subject lsst.sal.Weather.*"), "{text}");
}

on_each_stack! {
    /// Two replicas of one group take nothing away from each other.
    fn replicas_deliver_exactly_once_under_names_of_their_own(stack: &Stack) {
        let site = Site::new(stack);
        site.init().success();
        let replica = |name| {
            let args = ["--delivery", "exactly-once", "--transactional-id", name];
            let mut replica = site.run(&[&args[..], &["--prometheus-port", "0"]].concat());
            replica.says("metrics at ");
            replica
        };
        let replicas = [replica("one"), replica("two")];
        let script = r#"
            let group = "Weather######_telemetry";
            loop {
                try { if kafka::describe_group(group).members.len() == 2 { break; } } catch {}
                sleep(0.1);
            }
            let wind = interfaces.topic("Weather######_wind");
            let mock = sal::mock(wind);
            let producer = kafka::producer();
            for i in 0..20 { producer.send(wind.text_topic, mock.text()); }
            producer.flush();
            let config = #{ "isolation.level": "read_committed" };
            let records = kafka::consumer(wind.kafka_topic, #{ max: 20, config: config }).read_all();
            print(records.map(|record| record.value.sal_sequence) == numbers);
        "#;
        let script = format!("let numbers = []; for i in 1..=20 {{ numbers.push(i); }}\n{script}");
        site.script(&script).stdout("true\n").success();
        for replica in replicas {
            assert_eq!(replica.stop("TERM").code, Some(0));
        }
    }

    /// As the contract has it; the next start goes on from there.
    fn a_new_group_starts_at_the_end_and_says_what_it_skips(stack: &Stack) {
        let site = Site::new(stack);
        site.init().success();
        let feed = r#"
            let wind = interfaces.topic("Weather######_wind");
            let producer = kafka::producer();
            for i in 0..3 { producer.send(wind.text_topic, sal::text(wind, #{})); }
            producer.flush();
        "#;
        site.script(feed).success();
        let line = ["saltransform", "run", "--subsystem", "Weather######", "--once"];
        let run = || stack.kafkaefd().args(line).args(["--prometheus-port", "0"]);
        let done = |consumed| format!("\
group                    consumed  produced  skipped  dead_letters
Weather######_command           0         0        0             0
Weather######_event             0         0        0             0
Weather######_logevent          0         0        0             0
Weather######_telemetry         {consumed}         {consumed}        0             0
");
        let said = stderr(&run().stdout(&done(0)).success());
        let warning = stack.tagged(
            " WARN group `Weather######_telemetry` has no committed offset for \
             Weather######_telemetry[0] and starts at its end: 3 records are skipped\n",
        );
        assert!(said.contains(&warning), "{said}");
        site.script(feed).success();
        let said = stderr(&run().stdout(&done(3)).success());
        assert!(!said.contains("WARN"), "{said}");
    }
}

/// One table, one endpoint for metrics, a dead-letter topic for each.
#[test]
fn several_subsystems_run_side_by_side() {
    let stack = Stack::new();
    let both = ["--subsystem", "Sensors"];
    init(&stack).args(both).success();
    let feed = r#"
        for name in ["Weather_wind", "Sensors_thermocouples"] {
            let topic = sal::demo_interfaces().topic(name);
            kafka::producer().deliver(topic.text_topic, sal::mock(topic).text());
            kafka::producer().deliver(topic.text_topic, "broken");
        }
    "#;
    stack.script(feed).stderr("").success();
    let done = transform(&stack)
        .args(both)
        .stdout(
            "\
group              consumed  produced  skipped  dead_letters
Weather_command           0         0        0             0
Weather_event             0         0        0             0
Weather_logevent          0         0        0             0
Weather_telemetry         2         1        0             1
Sensors_command           0         0        0             0
Sensors_event             0         0        0             0
Sensors_logevent          0         0        0             0
Sensors_telemetry         2         1        0             1
",
        )
        .success();
    assert_eq!(stderr(&done).matches("metrics at http").count(), 1);
    stack
        .script(
            "print(kafka::offsets([\"Weather.dead\", \"Sensors.dead\"]).map(|row| row.records));",
        )
        .stdout("[1, 1]\n")
        .success();
}

#[test]
fn too_many_dead_letters_end_it_with_exit_code_3() {
    let stack = Stack::new();
    init(&stack).success();
    stack.script(FEED).success();
    let output = transform(&stack).args(["--max-dead-letters", "2"]).stdout("").code(3);
    let text = stderr(&output);
    let start = "error: stopped the pipeline `Weather_telemetry`: more than 2 dead letters\n";
    assert!(text.contains(start), "{text}");
}

#[test]
fn sigterm_is_a_clean_end_and_the_next_run_goes_on() {
    let stack = Stack::new();
    let make = r#"for topic in ["in", "out"] { kafka::create_topic(topic); }
        let producer = kafka::producer();
        for i in 0..1000 { producer.send("in", `${i}`); }
        producer.flush();"#;
    stack.script(make).success();
    let home = tempfile::TempDir::new().unwrap();
    let script = r#"
        let pipeline = stream::from("in", #{ group: "g" })
            .map(|record| { if record.value == "100" { print("seen"); } record })
            .to("out");
        print(pipeline.run().consumed);
    "#;
    std::fs::write(home.path().join("t.rhai"), script).unwrap();
    let mut running = Running::start(home.path(), &["run", "--broker", stack.broker(), "t.rhai"]);
    assert_eq!(running.lines(1), ["seen"]);
    let ended = running.stop("TERM");
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    let first: usize = ended.stdout.trim().parse().unwrap();
    assert!((100..=1000).contains(&first), "{first}");
    let rest = r#"print(stream::from("in", #{ group: "g", to: "end" }).to("out").run().consumed);
        let values = kafka::consumer("out", #{ to: "end" }).read_all().map(|record| record.value);
        for i in 0..1000 { if values[i] != `${i}` { throw `${i} is ${values[i]}`; } }
        print(values.len());"#;
    stack.script(rest).stdout(&format!("{}\n1000\n", 1000 - first)).success();
}
