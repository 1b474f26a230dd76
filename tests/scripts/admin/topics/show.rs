//! `admin topics show`.

use super::calls::{says, topics};
use crate::support::on_each_stack;

on_each_stack! {
    fn a_topic_is_shown_with_its_bounds_and_configs(stack: &Stack) {
        topics(stack, &["create", "dome-######", "-p", "2", "-c", "retention.ms=-1"]).success();
        let fill = "let producer = kafka::producer();\n\
                    for i in 0..3 { producer.deliver(\"dome-######\", #{ value: `${i}`, partition: 1 }) }";
        stack.script(fill).success();
        topics(stack, &["show", "dome-######"])
            .stdout(
                "topic        partition  leader  replicas  isrs  offline  first  next  records\n\
                 dome-######          0       1  [1]       [1]   []           0     0        0\n\
                 dome-######          1       1  [1]       [1]   []           0     3        3\n\
                 \n\
                 config        value\n\
                 retention.ms  -1\n",
            )
            .stderr("")
            .success();
        let output = topics(stack, &["show", "dome-######", "--output", "json"]).success();
        let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let partition = |id: i64, next: i64| {
            serde_json::json!({ "topic": stack.name("dome"), "partition": id, "leader": 1,
                "replicas": [1], "isrs": [1], "offline": [], "first": 0, "next": next,
                "records": next })
        };
        assert_eq!(
            shown,
            serde_json::json!({ "topic": stack.name("dome"), "internal": false, "replication": 1,
                "partitions": [partition(0, 0), partition(1, 3)],
                "config": { "retention.ms": "-1" } })
        );
    }

    fn a_topic_that_is_not_there_is_not_found(stack: &Stack) {
        topics(stack, &["create", "dome-######"]).success();
        let output = topics(stack, &["show", "dom-######"]).stdout("").code(1);
        says(
            stack,
            &output,
            "error: cannot describe topic `dom-######`: topic `dom-######` does not exist\n\
             help: did you mean `dome-######`?",
        );
    }
}
