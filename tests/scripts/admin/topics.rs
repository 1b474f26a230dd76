//! `admin topics`.

use std::process::Output;

use crate::support::{Kafkaefd, Stack, on_each_stack};

/// `admin topics …`.
fn topics(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args(["admin", "topics"]).args(args)
}

/// The names of this test's topics are `expected`.
fn listed(stack: &Stack, expected: &str) {
    let filter = ".*######$";
    topics(stack, &["list", "--inline", "-f", filter]).stdout(expected).stderr("").success();
}

/// What stderr begins and ends with, without the place in the script, is `expected`.
fn says(stack: &Stack, output: &Output, expected: &str) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(format!("{}\n{}", lines[0], lines[lines.len() - 1]), stack.tagged(expected));
}

on_each_stack! {
    fn topics_are_created_listed_and_deleted(stack: &Stack) {
        topics(stack, &["create", "dome-######", "mount-######", "-p", "2"])
            .stdout(
                "topic         partitions  replication  result\n\
                 dome-######            2            1  created\n\
                 mount-######           2            1  created\n",
            )
            .stderr("")
            .success();
        topics(stack, &["create", "_hidden-######"]).success();
        topics(stack, &["list", "-f", "dome-######"])
            .stdout(
                "topic        partition  leader  replicas  isrs\n\
                 dome-######          0       1  [1]       [1]\n\
                 dome-######          1       1  [1]       [1]\n",
            )
            .stderr("")
            .success();
        listed(stack, "dome-###### mount-######\n");
        topics(stack, &["list", "--inline", "--output", "json", "-f", ".*######"])
            .stdout("[\n  \"dome-######\",\n  \"mount-######\"\n]\n")
            .success();
        topics(stack, &["list", "--inline", "--all", "-f", ".*######"])
            .stdout("_hidden-###### dome-###### mount-######\n")
            .success();
        topics(stack, &["delete", "dome-######", "mount-######", "_hidden-######", "--yes"])
            .stdout(
                "topic           result\n\
                 dome-######     deleted\n\
                 mount-######    deleted\n\
                 _hidden-######  deleted\n",
            )
            .stderr("")
            .success();
        topics(stack, &["list", "-f", ".*######"])
            .stdout("no topics in profile custom\n")
            .stderr("")
            .success();
    }

    fn an_existing_topic_fails_unless_that_is_fine(stack: &Stack) {
        topics(stack, &["create", "dome-######"]).success();
        let again = topics(stack, &["create", "dome-######"])
            .stdout(
                "topic        partitions  replication  result  error\n\
                 dome-######                           failed  \
                 cannot create topic `dome-######`: it already exists\n",
            )
            .code(1);
        says(
            stack,
            &again,
            "error: cannot create topic `dome-######`: it already exists\n\
             help: give --if-not-exists to leave topics that exist as they are",
        );
        topics(stack, &["create", "dome-######", "--if-not-exists"])
            .stdout(
                "topic        partitions  replication  result\n\
                 dome-######           1            1  exists\n",
            )
            .success();
    }

    fn a_replication_factor_beyond_the_brokers_is_explained(stack: &Stack) {
        let output = topics(stack, &["create", "dome-######", "-r", "3"]).code(1);
        says(
            stack,
            &output,
            "error: cannot create topic `dome-######`: replication factor 3 exceeds 1 broker\n\
             help: ask for fewer replicas, or leave the factor out: the default fits the cluster",
        );
    }

    fn less_than_one_partition_or_copy_is_refused(stack: &Stack) {
        let output = topics(stack, &["create", "dome-######", "-p", "-1"]).stdout("").code(2);
        says(
            stack,
            &output,
            "error: cannot create topic `dome-######`: it cannot have -1 partitions\n\
             help: give partitions as 1 or more, or leave it out",
        );
        let output = topics(stack, &["create", "dome-######", "-r", "0"]).stdout("").code(2);
        says(
            stack,
            &output,
            "error: cannot create topic `dome-######`: it cannot have 0 copies of each record\n\
             help: give replication as 1 or more, or leave it out",
        );
        topics(stack, &["list", "-f", "dome-######"])
            .stdout("no topics in profile custom\n")
            .success();
    }

    fn every_topic_that_fails_is_a_row_with_its_error(stack: &Stack) {
        topics(stack, &["create", "f-######", "g-######"]).success();
        let args = ["create", "f-######", "g-######", "h-######", "--output", "json"];
        let output = topics(stack, &args).code(1);
        let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let failed = |name: &str| {
            let error = format!("cannot create topic `{name}`: it already exists");
            serde_json::json!({ "topic": name, "partitions": null, "replication": null,
                "result": "failed", "error": error })
        };
        let made = serde_json::json!({ "topic": stack.name("h"), "partitions": 1, "replication": 1,
            "result": "created", "error": null });
        let (f, g) = (stack.name("f"), stack.name("g"));
        assert_eq!(rows, serde_json::json!([failed(&f), failed(&g), made]));
        says(
            stack,
            &output,
            "error: 2 of 3 topics were not created\n\
             help: give --if-not-exists to leave topics that exist as they are",
        );
    }

    fn what_cannot_be_deleted_is_named_and_the_rest_is_deleted(stack: &Stack) {
        topics(stack, &["create", "dome-######", "mount-######"]).success();
        let output = topics(stack, &["delete", "mont-######", "dome-######", "--yes"])
            .stdout(
                "topic        result   error\n\
                 mont-######  failed   \
                 cannot delete topic `mont-######`: topic `mont-######` does not exist\n\
                 dome-######  deleted\n",
            )
            .code(1);
        says(
            stack,
            &output,
            "error: cannot delete topic `mont-######`: topic `mont-######` does not exist\n\
             help: did you mean `mount-######`?",
        );
        listed(stack, "mount-######\n");
    }

    fn without_a_terminal_nothing_is_deleted_unasked(stack: &Stack) {
        topics(stack, &["create", "dome-######"]).success();
        let output = topics(stack, &["delete", "dome-######"]).stdout("").code(2);
        says(
            stack,
            &output,
            "error: cannot ask `Delete dome-###### with all records?`: there is no terminal\n\
             help: give --yes to go on without the question",
        );
        listed(stack, "dome-######\n");
    }

    fn partitions_grow_and_never_shrink(stack: &Stack) {
        let partition = |count: &str, more: &[&str]| {
            topics(stack, &["partition", "dome-######", count]).args(more)
        };
        topics(stack, &["create", "dome-######"]).success();
        partition("3", &["-n"])
            .stdout("dome-###### would grow from 1 to 3 partitions\n")
            .success();
        partition("3", &[]).stdout("dome-###### grew from 1 to 3 partitions\n").success();
        partition("3", &[])
            .stdout("dome-###### has 3 partitions already\n")
            .stderr("")
            .success();
        partition("5", &["--output", "yaml"])
            .stdout("before: 3\npartitions: 5\nresult: grown\ntopic: dome-######\n")
            .success();
        let output = partition("2", &[]).stdout("").code(2);
        says(
            stack,
            &output,
            "error: cannot grow topic `dome-######` to 2 partitions: it has 5, and Kafka cannot \
             take partitions away\nhelp: ask for 6 or more",
        );
    }

    fn configs_change_one_by_one(stack: &Stack) {
        let config = |change: &[&str]| topics(stack, &["config", "dome-######"]).args(change);
        topics(stack, &["create", "dome-######", "--config", "retention.ms=5000"]).success();
        config(&["--set", "retention.bytes=7000"]).success();
        let script = "print(kafka::describe_topic(\"dome-######\").config)";
        stack
            .script(script)
            .stdout("#{\"retention.bytes\": \"7000\", \"retention.ms\": \"5000\"}\n")
            .success();
        config(&["--unset", "retention.ms"]).success();
        stack.script(script).stdout("#{\"retention.bytes\": \"7000\"}\n").success();
        let output = config(&["--set", "retention.ms=soon"]).code(1);
        says(
            stack,
            &output,
            "error: cannot change the config of topic `dome-######`: invalid value soon for \
             configuration retention.ms: Not a number of type LONG\n\
             help: see Kafka's topic configs: https://kafka.apache.org/documentation/#topicconfigs",
        );
    }
}
