//! `admin topics`.

use crate::support::{Kafkaefd, Stack};

fn topics(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args([&["admin", "topics"], args].concat())
}

/// What stderr begins with: the message, without the place in the script.
fn message(output: &std::process::Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    format!("{}\n{}", lines[0], lines[lines.len() - 1])
}

#[test]
fn topics_are_created_listed_and_deleted() {
    let stack = Stack::new();
    topics(&stack, &["create", "dome", "mount", "-p", "2"])
        .stdout(
            "topic  partitions  replication  result\n\
             dome            2            1  created\n\
             mount           2            1  created\n",
        )
        .stderr("")
        .success();
    topics(&stack, &["create", "_hidden"]).success();
    topics(&stack, &["list", "-f", "do"])
        .stdout(
            "topic  partition  leader  replicas  isrs\n\
             dome           0       1  [1]       [1]\n\
             dome           1       1  [1]       [1]\n",
        )
        .stderr("")
        .success();
    topics(&stack, &["list", "--inline"]).stdout("dome mount\n").success();
    topics(&stack, &["list", "--inline", "--output", "json"])
        .stdout("[\n  \"dome\",\n  \"mount\"\n]\n")
        .success();
    topics(&stack, &["list", "--inline", "--all"]).stdout("_hidden dome mount\n").success();
    topics(&stack, &["delete", "dome", "mount", "--yes"])
        .stdout("topic  result\ndome   deleted\nmount  deleted\n")
        .stderr("")
        .success();
    topics(&stack, &["list"]).stdout("no topics in profile custom\n").stderr("").success();
}

#[test]
fn an_existing_topic_fails_unless_that_is_fine() {
    let stack = Stack::new();
    topics(&stack, &["create", "dome"]).success();
    let output = topics(&stack, &["create", "dome"])
        .stdout(
            "topic  partitions  replication  result  error\n\
             dome                            failed  cannot create topic `dome`: it already exists\n",
        )
        .code(1);
    assert_eq!(
        message(&output),
        "error: cannot create topic `dome`: it already exists\n\
         help: give --if-not-exists to leave topics that exist as they are"
    );
    topics(&stack, &["create", "dome", "--if-not-exists"])
        .stdout("topic  partitions  replication  result\ndome            1            1  exists\n")
        .success();
}

#[test]
fn a_replication_factor_beyond_the_brokers_is_explained() {
    let stack = Stack::new();
    let output = topics(&stack, &["create", "dome", "-r", "3"]).code(1);
    assert_eq!(
        message(&output),
        "error: cannot create topic `dome`: replication factor 3 exceeds 1 broker\n\
         help: ask for fewer replicas, or leave the factor out: the default fits the cluster"
    );
}

#[test]
fn less_than_one_partition_or_copy_is_refused() {
    let stack = Stack::new();
    let output = topics(&stack, &["create", "dome", "-p", "-1"]).stdout("").code(2);
    assert_eq!(
        message(&output),
        "error: cannot create topic `dome`: it cannot have -1 partitions\n\
         help: give partitions as 1 or more, or leave it out"
    );
    let output = topics(&stack, &["create", "dome", "-r", "0"]).stdout("").code(2);
    assert_eq!(
        message(&output),
        "error: cannot create topic `dome`: it cannot have 0 copies of each record\n\
         help: give replication as 1 or more, or leave it out"
    );
    topics(&stack, &["list"]).stdout("no topics in profile custom\n").success();
}

#[test]
fn every_topic_that_fails_is_a_row_with_its_error() {
    let stack = Stack::new();
    topics(&stack, &["create", "f", "g"]).success();
    let output = topics(&stack, &["create", "f", "g", "h", "--output", "json"]).code(1);
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let failed = |name: &str| {
        let error = format!("cannot create topic `{name}`: it already exists");
        serde_json::json!({ "topic": name, "partitions": null, "replication": null,
            "result": "failed", "error": error })
    };
    let made = serde_json::json!({ "topic": "h", "partitions": 1, "replication": 1,
        "result": "created", "error": null });
    assert_eq!(rows, serde_json::json!([failed("f"), failed("g"), made]));
    assert_eq!(
        message(&output),
        "error: 2 of 3 topics were not created\n\
         help: give --if-not-exists to leave topics that exist as they are"
    );
}

#[test]
fn what_cannot_be_deleted_is_named_and_the_rest_is_deleted() {
    let stack = Stack::new();
    topics(&stack, &["create", "dome", "mount"]).success();
    let output = topics(&stack, &["delete", "mont", "dome", "--yes"])
        .stdout(
            "topic  result   error\n\
             mont   failed   cannot delete topic `mont`: topic `mont` does not exist\n\
             dome   deleted\n",
        )
        .code(1);
    assert_eq!(
        message(&output),
        "error: cannot delete topic `mont`: topic `mont` does not exist\nhelp: did you mean `mount`?"
    );
    topics(&stack, &["list", "--inline"]).stdout("mount\n").success();
}

#[test]
fn without_a_terminal_nothing_is_deleted_unasked() {
    let stack = Stack::new();
    topics(&stack, &["create", "dome"]).success();
    let output = topics(&stack, &["delete", "dome"]).stdout("").code(2);
    assert_eq!(
        message(&output),
        "error: cannot ask `Delete dome with all records?`: there is no terminal\n\
         help: give --yes to go on without the question"
    );
    topics(&stack, &["list", "--inline"]).stdout("dome\n").success();
}

#[test]
fn partitions_grow_and_never_shrink() {
    let stack = Stack::new();
    topics(&stack, &["create", "dome"]).success();
    topics(&stack, &["partition", "dome", "3", "-n"])
        .stdout("dome would grow from 1 to 3 partitions\n")
        .success();
    topics(&stack, &["partition", "dome", "3"])
        .stdout("dome grew from 1 to 3 partitions\n")
        .success();
    topics(&stack, &["partition", "dome", "3"])
        .stdout("dome has 3 partitions already\n")
        .stderr("")
        .success();
    topics(&stack, &["partition", "dome", "5", "--output", "yaml"])
        .stdout("before: 3\npartitions: 5\nresult: grown\ntopic: dome\n")
        .success();
    let output = topics(&stack, &["partition", "dome", "2"]).stdout("").code(2);
    assert_eq!(
        message(&output),
        "error: cannot grow topic `dome` to 2 partitions: it has 5, and Kafka cannot take \
         partitions away\nhelp: ask for 6 or more"
    );
}

#[test]
fn configs_change_one_by_one() {
    let stack = Stack::new();
    topics(&stack, &["create", "dome", "--config", "retention.ms=5000"]).success();
    topics(&stack, &["config", "dome", "--set", "retention.bytes=7000"]).success();
    let script = "print(kafka::describe_topic(\"dome\").config)";
    stack
        .script(script)
        .stdout("#{\"retention.bytes\": \"7000\", \"retention.ms\": \"5000\"}\n")
        .success();
    topics(&stack, &["config", "dome", "--unset", "retention.ms"]).success();
    stack.script(script).stdout("#{\"retention.bytes\": \"7000\"}\n").success();
    let output = topics(&stack, &["config", "dome", "--set", "retention.ms=soon"]).code(1);
    assert_eq!(
        message(&output),
        "error: cannot change the config of topic `dome`: Kafka does not accept retention.ms=soon\n\
         help: see Kafka's topic configs: https://kafka.apache.org/documentation/#topicconfigs"
    );
}
