//! `helloworld produce` and `helloworld consume`.

use crate::support::Stack;

#[test]
fn a_message_arrives_and_is_read_once_by_a_group() {
    let stack = Stack::new();
    let run = |args: &[&str]| stack.kafkaefd().args(args).stderr("");
    run(&["helloworld", "produce"])
        .stdout("delivered to mytopic, partition 0, offset 0\n")
        .success();
    run(&["helloworld", "produce", "Hello world", "--key", "k"])
        .stdout("delivered to mytopic, partition 0, offset 1\n")
        .success();
    run(&["helloworld", "consume", "--max", "2"])
        .stdout("mytopic[0]@0: key hello, value world\nmytopic[0]@1: key k, value Hello world\n")
        .success();
    run(&["helloworld", "consume", "--timeout", "0.3"]).stdout("").success();
    run(&["helloworld", "consume", "--group", "other", "--max", "1"])
        .stdout("mytopic[0]@0: key hello, value world\n")
        .success();
}

#[test]
fn several_topics_are_read_and_made_where_they_are_missing() {
    let stack = Stack::new();
    stack.kafkaefd().args(["helloworld", "produce", "hi", "--topic", "b"]).success();
    stack
        .kafkaefd()
        .args(["helloworld", "consume", "--topic", "a", "--topic", "b", "--timeout", "0.5"])
        .stdout("b[0]@0: key hello, value hi\n")
        .stderr("")
        .success();
}
