//! `admin topics partition`.

use super::calls::{says, topics};
use crate::support::on_each_stack;

on_each_stack! {
    fn partitions_grow_and_never_shrink(stack: &Stack) {
        let partition = |count: &str, more: &[&str]| {
            topics(stack, &["partition", "dome-######", count]).args(more)
        };
        topics(stack, &["create", "dome-######"]).success();
        partition("3", &["-n"])
            .stdout("dome-###### would grow from 1 to 3 partitions\n")
            .success();
        partition("3", &["-n", "--output", "yaml"])
            .stdout("before: 1\npartitions: 3\nresult: would be grown\ntopic: dome-######\n")
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

    fn a_topic_that_is_not_there_cannot_grow(stack: &Stack) {
        topics(stack, &["create", "dome-######"]).success();
        let output = topics(stack, &["partition", "dom-######", "3", "-n"]).stdout("").code(1);
        says(
            stack,
            &output,
            "error: cannot describe topic `dom-######`: topic `dom-######` does not exist\n\
             help: did you mean `dome-######`?",
        );
    }
}
