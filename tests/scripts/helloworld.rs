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

#[test]
fn records_follow_the_output() {
    let stack = Stack::new();
    let output = stack.kafkaefd().args(["helloworld", "produce", "--output", "json"]).success();
    let place: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&place["topic"], &place["offset"]), (&"mytopic".into(), &0.into()));
    stack
        .script(r#"kafka::producer().deliver("mytopic", #{ value: "one\ntwo", timestamp: 5 });"#)
        .success();
    stack.script(r#"kafka::producer().deliver("mytopic", #{ key: "k", timestamp: 6 });"#).success();
    let consume = |group: &str, output: &str| {
        let args = ["helloworld", "consume", "--max", "3", "--group", group, "--output", output];
        let output = stack.kafkaefd().args(args).stderr("").success();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(
        consume("a", "table"),
        "mytopic[0]@0: key hello, value world\n\
         mytopic[0]@1: value one\\ntwo\n\
         mytopic[0]@2: key k, no value\n"
    );
    assert_eq!(
        consume("b", "json").lines().nth(1).unwrap(),
        "{\"headers\":{},\"key\":null,\"offset\":1,\"partition\":0,\"timestamp\":5,\
         \"topic\":\"mytopic\",\"value\":\"one\\ntwo\"}"
    );
    let yaml = consume("c", "yaml");
    let last = "---\nheaders: {}\nkey: k\noffset: 2\npartition: 0\ntimestamp: 6\ntopic: mytopic\n\
                value: null\n";
    assert!(yaml.ends_with(last), "{yaml}");
}
