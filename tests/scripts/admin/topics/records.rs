//! `admin topics delete-records`.

use super::calls::{says, topics};
use crate::support::{Kafkaefd, Stack, on_each_stack};

/// A topic with two partitions: four records in the first, written at 1 to 4 s after 1970, none in
/// the second.
fn filled(stack: &Stack) {
    topics(stack, &["create", "dome-######", "-p", "2", "-c", "retention.ms=-1"]).success();
    stack
        .script(
            "let producer = kafka::producer();\n\
             for i in 1..5 {\n\
                 let record = #{ value: `${i}`, partition: 0, timestamp: i * 1000 };\n\
                 producer.deliver(\"dome-######\", record)\n\
             }",
        )
        .success();
}

fn delete(stack: &Stack, args: &[&str]) -> Kafkaefd {
    topics(stack, &["delete-records", "dome-######"]).args(args)
}

fn first(stack: &Stack, expected: &str) {
    let script = "print(kafka::offsets(\"dome-######\").map(|row| row.first))";
    stack.script(script).stdout(expected).success();
}

on_each_stack! {
    fn records_go_before_an_offset_a_time_or_all(stack: &Stack) {
        filled(stack);
        delete(stack, &["--before", "1", "-n"])
            .stdout(
                "topic        partition  deleted  first  result\n\
                 dome-######          0        1      1  would be deleted\n\
                 dome-######          1        0      0  unchanged\n",
            )
            .stderr("")
            .success();
        first(stack, "[0, 0]\n");
        delete(stack, &["--before", "1", "--yes"])
            .stdout(
                "topic        partition  deleted  first  result\n\
                 dome-######          0        1      1  deleted\n\
                 dome-######          1        0      0  unchanged\n",
            )
            .stderr("")
            .success();
        first(stack, "[1, 0]\n");
        delete(stack, &["--before-time", "1970-01-01T00:00:03Z", "--yes", "--output", "yaml"])
            .args(["--partition", "0"])
            .stdout(
                "- topic: dome-######\n  partition: 0\n  deleted: 1\n  first: 2\n  \
                 result: deleted\n",
            )
            .stderr("")
            .success();
        delete(stack, &["--all", "--yes"])
            .stdout(
                "topic        partition  deleted  first  result\n\
                 dome-######          0        2      4  deleted\n\
                 dome-######          1        0      0  unchanged\n",
            )
            .stderr("")
            .success();
        first(stack, "[4, 0]\n");
    }

    fn records_stay_without_a_clear_word(stack: &Stack) {
        filled(stack);
        let output = delete(stack, &["--all"]).stdout("").code(2);
        says(
            stack,
            &output,
            "error: cannot ask `Delete all records of dome-######?`: there is no terminal\n\
             help: give --yes to go on without the question",
        );
        for args in [&["--yes"][..], &["--yes", "--all", "--before", "3"]] {
            let output = delete(stack, args).stdout("").code(2);
            let text = String::from_utf8(output.stderr).unwrap();
            let message = "error: cannot delete records: give one of --before, --before-time and \
                           --all\n";
            assert!(text.starts_with(message), "{text}");
        }
        let output = delete(stack, &["--all", "--yes", "-p", "7"]).stdout("").code(2);
        says(
            stack,
            &output,
            "error: cannot delete records of topic `dome-######`: it has no partition 7\n\
             help: give one of 0 to 1",
        );
        first(stack, "[0, 0]\n");
    }

    fn a_compacted_topic_keeps_its_records(stack: &Stack) {
        topics(stack, &["create", "dome-######", "-c", "cleanup.policy=compact"]).success();
        let record = "#{ key: \"k\", value: \"v\" }";
        stack.script(&format!("kafka::producer().deliver(\"dome-######\", {record});")).success();
        delete(stack, &["--all", "--yes"])
            .stdout("")
            .stderr(
                "error: cannot delete records of topic `dome-######`: it is compacted: of such \
                 topics Kafka deletes no records\n",
            )
            .code(1);
    }
}
