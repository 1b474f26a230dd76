//! `admin topics create`, `list` and `delete`.

use super::calls::{listed, says, topics};
use crate::support::on_each_stack;

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

    fn a_dry_run_creates_and_deletes_nothing(stack: &Stack) {
        topics(stack, &["create", "dome-######", "mount-######", "-p", "2", "-n"])
            .stdout(
                "topic         partitions  replication  result\n\
                 dome-######            2            1  would be created\n\
                 mount-######           2            1  would be created\n",
            )
            .stderr("")
            .success();
        listed(stack, "\n");
        topics(stack, &["create", "dome-######"]).success();
        let output = topics(stack, &["create", "dome-######", "-n"]).code(1);
        says(
            stack,
            &output,
            "error: cannot create topic `dome-######`: it already exists\n\
             help: give --if-not-exists to leave topics that exist as they are",
        );
        topics(stack, &["delete", "dome-######", "-n", "--output", "json"])
            .stdout(
                "[\n  {\n    \"topic\": \"dome-######\",\n    \
                 \"result\": \"would be deleted\"\n  }\n]\n",
            )
            .stderr("")
            .success();
        topics(stack, &["delete", "mont-######", "-n"]).code(1);
        listed(stack, "dome-######\n");
    }

    fn what_kafka_says_of_a_topic_reaches_the_reader(stack: &Stack) {
        let output = topics(stack, &["create", "dome-######", "--config", "colour", "red"]).code(1);
        says(
            stack,
            &output,
            "error: cannot create topic `dome-######`: unknown topic config name: colour\n\
             help: see Kafka's configs: https://kafka.apache.org/documentation/#configuration",
        );
        let output = topics(stack, &["create", "dome/######"]).code(1);
        says(
            stack,
            &output,
            "error: cannot create topic `dome/######`: topic name is invalid: 'dome/######' \
             contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'\n\
             help: choose another name",
        );
    }
}
