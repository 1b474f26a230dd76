use serde_json::{Value as Json, json};

use super::feed;
use crate::support::{Kafkaefd, Stack, on_each_stack};

fn shown(call: Kafkaefd) -> Json {
    serde_json::from_slice(&call.args(["--output", "json"]).success().stdout).unwrap()
}

on_each_stack! {
    fn one_is_shown_with_the_record_as_it_was(stack: &Stack) {
        feed(stack);
        let show = || stack.kafkaefd().args(["dead-letters", "show", "dead-######"]);
        let newest = shown(show());
        assert_eq!(newest["letter"], stack.tagged("dead-######[0]@3"));
        let mut third = shown(show().args(["0:2"]));
        let headers: Vec<String> = third["run"].as_object().unwrap().keys().cloned().collect();
        let names = ["attempt", "original.timestamp", "run.id", "schema.id", "script.sha256"];
        assert_eq!(headers, names.map(|name| format!("kafkaefd.{name}")));
        third.as_object_mut().unwrap().remove("run");
        assert!(third["trace"].as_str().unwrap().contains("no word"), "{third}");
        third.as_object_mut().unwrap().remove("trace");
        assert_eq!(
            third,
            json!({
                "letter": stack.tagged("dead-######[0]@2"),
                "class": "kafkaefd.invalid",
                "stage": "map",
                "message": "no word",
                "by": stack.tagged("copy-######"),
                "topic": stack.tagged("in-######"),
                "partition": 0,
                "offset": 5,
                "time": "2026-01-01T00:00:00.005Z",
                "key": "k5",
                "value": "0xffff (2 bytes)",
                "headers": { "unit": "K", "raw": "fe" },
            })
        );
    }
}

#[test]
fn what_is_not_there_is_told() {
    let stack = Stack::new();
    feed(&stack);
    let show = |place| stack.kafkaefd().args(["dead-letters", "show", "dead-######", place]);
    show("0:99").stderr("error: cannot show 0:99: dead-###### has no such record\n").code(1);
    show("x").stderr("error: cannot read the place x: write it as 0:17\n").code(2);
    stack
        .kafkaefd()
        .args(["dead-letters", "show", "in-######", "0:0"])
        .stderr("error: cannot show in-######[0]@0: it is no dead letter\n")
        .code(1);
}
