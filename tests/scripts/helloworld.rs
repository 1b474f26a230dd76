//! `helloworld produce` and `helloworld consume`.

use crate::support::on_each_stack;

on_each_stack! {
    fn a_message_arrives_and_is_read_once_by_a_group(stack: &Stack) {
        let run = |args: &[&str]| stack.kafkaefd().args(args).stderr("");
        let consume = |group: &str, more: &[&str]| {
            let args = ["helloworld", "consume", "--topic", "mytopic-######", "--group", group];
            run(&args).args(more)
        };
        run(&["helloworld", "produce", "--topic", "mytopic-######"])
            .stdout("delivered to mytopic-######, partition 0, offset 0\n")
            .success();
        run(&["helloworld", "produce", "Hello world", "--key", "k", "--topic", "mytopic-######"])
            .stdout("delivered to mytopic-######, partition 0, offset 1\n")
            .success();
        consume("g-######", &["--max", "2"])
            .stdout(
                "mytopic-######[0]@0: key hello, value world\n\
                 mytopic-######[0]@1: key k, value Hello world\n",
            )
            .success();
        consume("g-######", &["--timeout", "0.3"]).stdout("").success();
        consume("other-######", &["--max", "1"])
            .stdout("mytopic-######[0]@0: key hello, value world\n")
            .success();
    }

    fn several_topics_are_read_and_made_where_they_are_missing(stack: &Stack) {
        stack.kafkaefd().args(["helloworld", "produce", "hi", "--topic", "b-######"]).success();
        stack
            .kafkaefd()
            .args(["helloworld", "consume", "--topic", "a-######", "--topic", "b-######"])
            .args(["--group", "g-######", "--max", "1"])
            .stdout("b-######[0]@0: key hello, value hi\n")
            .stderr("")
            .success();
    }

    fn records_follow_the_output(stack: &Stack) {
        let output = stack
            .kafkaefd()
            .args(["helloworld", "produce", "--topic", "mytopic-######", "--output", "json"])
            .success();
        let place: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&place["topic"], &place["offset"]), (&stack.name("mytopic").into(), &0.into()));
        let feed = r#"let p = kafka::producer();
            p.deliver("mytopic-######", #{ value: "one\ntwo", timestamp: 5 });
            p.deliver("mytopic-######", #{ key: "k", timestamp: 6 });"#;
        stack.script(feed).success();
        let consume = |group: &str, output: &str| {
            let args = ["helloworld", "consume", "--topic", "mytopic-######", "--max", "3"];
            let rest = ["--group", group, "--output", output];
            let output = stack.kafkaefd().args(args).args(rest).stderr("").success();
            String::from_utf8(output.stdout).unwrap().replace(&stack.name("mytopic"), "mytopic")
        };
        assert_eq!(
            consume("a-######", "table"),
            "mytopic[0]@0: key hello, value world\n\
             mytopic[0]@1: value one\\ntwo\n\
             mytopic[0]@2: key k, no value\n"
        );
        assert_eq!(
            consume("b-######", "json").lines().nth(1).unwrap(),
            "{\"headers\":{},\"key\":null,\"offset\":1,\"partition\":0,\"timestamp\":5,\
             \"topic\":\"mytopic\",\"value\":\"one\\ntwo\"}"
        );
        let yaml = consume("c-######", "yaml");
        let last = "---\nheaders: {}\nkey: k\noffset: 2\npartition: 0\ntimestamp: 6\ntopic: mytopic\n\
                    value: null\n";
        assert!(yaml.ends_with(last), "{yaml}");
    }
}
