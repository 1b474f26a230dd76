use std::process::Output;

use super::{init, transform};
use crate::support::{Running, Stack};

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
fn init_says_what_it_did_and_can_be_repeated() {
    let stack = Stack::new();
    init(&stack)
        .stdout(
            "\
sal_topic                      topic                                   partitions  replication  result   schema      id
                               Weather_command                                  1            1  created
                               Weather_event                                    1            1  created
                               Weather_logevent                                 1            1  created
                               Weather_telemetry                                1            1  created
                               Weather.dead                                     1            1  created
Weather_logevent_skyCondition  lsst.sal.Weather_logevent_skyCondition           1            1  created  registered   1
Weather_airConditions          lsst.sal.Weather_airConditions                   1            1  created  registered   2
Weather_wind                   lsst.sal.Weather_wind                            1            1  created  registered   3
",
        )
        .stderr("")
        .success();
    let again = init(&stack).stderr("").success();
    let again = String::from_utf8(again.stdout).unwrap();
    assert_eq!(again.matches("created").count() + again.matches("registered").count(), 0);
    assert!(again.contains(
        "lsst.sal.Weather_wind                            1            1  exists  exists   3"
    ));
}

#[test]
fn init_with_a_wrong_name_leaves_nothing_behind() {
    let stack = Stack::new();
    let output = init(&stack).args(["--subsystem", "Wether"]).stdout("").code(1);
    let text = stderr(&output);
    assert!(text.starts_with("error: cannot find the component `Wether` in "), "{text}");
    assert!(text.ends_with("help: did you mean `Weather`?\n"), "{text}");
    stack
        .script("print(kafka::topics().len() + registry::subjects().len())")
        .stdout("0\n")
        .success();
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
