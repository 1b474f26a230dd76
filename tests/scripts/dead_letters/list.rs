use super::feed;
use crate::support::{Stack, on_each_stack};

on_each_stack! {
    fn a_row_is_a_kind_of_failure(stack: &Stack) {
        feed(stack);
        let list = || stack.kafkaefd().args(["dead-letters", "list", "dead-######"]);
        list()
            .stdout(
                "\
class             input      stage  count  newest                    example  message
kafkaefd.failed   in-######  map        2  2026-01-01T00:00:00.007Z  0:3      so bad
kafkaefd.invalid  in-######  map        2  2026-01-01T00:00:00.005Z  0:2      no word
",
            )
            .stderr("")
            .success();
        list()
            .args(["--class", "kafkaefd.invalid", "--where", "record.value == \"worse\""])
            .stdout(
                "\
class             input      stage  count  newest                    example  message
kafkaefd.invalid  in-######  map        1  2026-01-01T00:00:00.003Z  0:1      no word
",
            )
            .success();
        list().args(["--input", "elsewhere"]).stdout("no dead letters in profile custom\n").success();
    }
}

#[test]
fn other_records_are_passed_over_and_said() {
    let stack = Stack::new();
    let make = "kafka::create_topic(\"t\"); kafka::producer().deliver(\"t\", \"hello\");";
    stack.script(make).success();
    stack
        .kafkaefd()
        .args(["dead-letters", "list", "t"])
        .stdout("no dead letters in profile custom\n")
        .stderr(" WARN 1 records in t are no dead letters\n")
        .success();
}
