use std::process::Output;

use serde_json::Value as Json;

use super::site::Site;
use super::{XML, init};
use crate::support::{Stack, on_each_stack};

const MODERN: [&str; 4] = ["--layout", "ts_xml", "--topic-prefix", "lsst.now"];

/// Topic, result and schema of each row.
fn rows(output: &Output) -> Vec<String> {
    let rows: Vec<Json> = serde_json::from_slice(&output.stdout).unwrap();
    let word = |row: &Json, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    rows.iter()
        .map(|row| ["topic", "result", "schema"].map(|key| word(row, key)).join(" "))
        .collect()
}

fn expected(stack: &Stack, names: &[&str], rest: &str) -> Vec<String> {
    let texts = ["_command", "_event", "_logevent", "_telemetry", ".dead"];
    let texts = texts.iter().map(|kind| format!("Weather######{kind} {} -", &rest[..7].trim()));
    let avro = names.iter().map(|name| format!("{name} {rest}"));
    texts.chain(avro).map(|row| stack.tagged(&row)).collect()
}

#[test]
fn it_says_what_it_did_and_can_be_repeated() {
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

on_each_stack! {
    fn real_servers_are_prepared_in_either_layout(stack: &Stack) {
        let site = Site::new(stack);
        let names = [
            "lsst.sal.Weather######_logevent_skyCondition",
            "lsst.sal.Weather######_airConditions",
            "lsst.sal.Weather######_wind",
        ];
        let json = ["--output", "json"];
        let made = site.init().args(json).stderr("").success();
        assert_eq!(rows(&made), expected(stack, &names, "created registered"));
        let again = site.init().args(json).stderr("").success();
        assert_eq!(rows(&again), expected(stack, &names, "exists exists"));

        // Kafka does not take names that differ in dots and underscores only.
        let other = site.init().args(json).args(MODERN).stderr("").success();
        let made: Vec<String> =
            rows(&other).into_iter().filter(|row| row.ends_with("registered")).collect();
        let names = [
            "logevent_skyCondition",
            "airConditions",
            "wind",
            "command_enable",
            "logevent_summaryState",
            "ackcmd",
        ];
        let names = names.map(|name| format!("lsst.now.Weather######.{name} created registered"));
        assert_eq!(made, names.map(|row| stack.tagged(&row)));
        let subjects = "print(registry::subjects(#{ prefix: \"lsst.now.Weather######.\" }));";
        let subjects = stack.script(&stack.tagged(subjects)).success();
        let subjects = String::from_utf8(subjects.stdout).unwrap();
        assert_eq!(subjects.matches("-value").count(), 6, "{subjects}");
    }
}

#[test]
fn topics_may_start_with_another_word() {
    let stack = Stack::new();
    let line = ["--topic-prefix", "lsst.tucson", "--dead-letters", "rest", "--output", "json"];
    let made = rows(&init(&stack).args(line).stderr("").success());
    assert_eq!(made[4], "rest created -");
    assert_eq!(made[7], "lsst.tucson.Weather_wind created registered");
    stack
        .script("print(registry::subjects());")
        .stdout(
            "[\"lsst.tucson.Weather_airConditions\", \
             \"lsst.tucson.Weather_logevent_skyCondition\", \"lsst.tucson.Weather_wind\"]\n",
        )
        .success();
}

#[test]
fn a_wrong_name_leaves_nothing_behind() {
    let stack = Stack::new();
    let output = init(&stack).args(["--subsystem", "Wether"]).stdout("").code(1);
    let text = String::from_utf8(output.stderr).unwrap();
    let start = format!("error: cannot find the component `Wether` in {XML}");
    assert!(text.starts_with(&start), "{text}");
    assert!(text.ends_with("help: did you mean `Weather`?\n"), "{text}");
    stack
        .script("print(kafka::topics().len() + registry::subjects().len())")
        .stdout("0\n")
        .success();
}
