//! `admin groups delete`.

use super::{member, orders};
use crate::support::{Kafkaefd, Stack, on_bed, on_each_stack};

fn delete(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args([&["admin", "groups", "delete"], args].concat())
}

on_each_stack! {
    fn groups_are_deleted(stack: &Stack) {
        orders(stack, &[("clerks", 0), ("auditors", 1)]);
        delete(stack, &["clerks-######", "auditors-######", "--yes"])
            .stdout(
                "group            result\n\
                 clerks-######    deleted\n\
                 auditors-######  deleted\n",
            )
            .stderr("")
            .success();
        stack
            .kafkaefd()
            .args(["admin", "groups", "list", "-f", ".*-######"])
            .stdout("no groups in profile custom\n")
            .success();
    }

    fn one_that_fails_leaves_the_others_alone(stack: &Stack) {
        orders(stack, &[("clerks", 0)]);
        let output = delete(stack, &["nobody-######", "clerks-######", "--yes", "--output", "json"])
            .stdout(
                "[\n  {\n    \"group\": \"nobody-######\",\n    \"result\": \"failed\",\n    \
                 \"error\": \"cannot delete group `nobody-######`: group `nobody-######` does not \
                 exist\"\n  },\n  {\n    \"group\": \"clerks-######\",\n    \"result\": \
                 \"deleted\",\n    \"error\": null\n  }\n]\n",
            )
            .code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.ends_with("help: list the groups with: kafkaefd admin groups list\n"), "{text}");
    }

    fn an_active_group_is_left_alone(stack: &Stack) {
        orders(stack, &[("clerks", 1)]);
        let reader = member(stack, "clerks", &[]);
        let output = delete(stack, &["clerks-######", "--yes"]).code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("it has 1 active member (reader on "), "{text}");
        assert!(text.ends_with("help: stop its consumers first\n"), "{text}");
        let output = delete(stack, &["clerks-######", "--topic", "orders-######", "--yes"]).code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        let reason = stack.tagged(
            "error: cannot delete offsets of group `clerks-######`: a member of it reads \
             `orders-######` now\n",
        );
        assert!(text.starts_with(&reason), "{text}");
        drop(reader);
    }

    fn offsets_of_a_partition_are_forgotten(stack: &Stack) {
        orders(stack, &[("clerks", 2)]);
        delete(stack, &["clerks-######", "--topic", "orders-######:0", "--yes"])
            .stdout("group          result\nclerks-######  deleted\n")
            .stderr("")
            .success();
        stack
            .kafkaefd()
            .args(["admin", "groups", "lag", "clerks-######", "--no-behind"])
            .stdout(
                "group          topic          partition  committed  end  lag\n\
                 clerks-######  orders-######          1          2    3    1\n",
            )
            .success();
    }

    fn it_asks_first(stack: &Stack) {
        let output = delete(stack, &["clerks-######"]).stdout("").code(2);
        let text = String::from_utf8(output.stderr).unwrap();
        let question = "error: cannot ask `Delete clerks-###### with all that was committed?`: \
                        there is no terminal\n";
        assert!(text.starts_with(&stack.tagged(question)), "{text}");
    }
}

on_each_stack! {
    /// A group to which the broker assigns (KIP-848).
    fn a_group_of_the_new_protocol(stack: &Stack) {
        orders(stack, &[]);
        let reader = member(stack, "clerks", &[("group.protocol", "consumer")]);
        let output = delete(stack, &["clerks-######", "--yes"]).code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("it has 1 active member (reader on "), "{text}");
        drop(reader);
        delete(stack, &["clerks-######", "--yes"])
            .stdout("group          result\nclerks-######  deleted\n")
            .stderr("")
            .success();
    }
}

on_bed! {
    /// What Kafka's own tool makes is deleted here, and what is deleted here it does not find.
    fn others_see_it(bed: &Bed) {
        let stack = bed.stack();
        orders(&stack, &[("auditors", 1)]);
        let tool = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
        let base = [tool, "--bootstrap-server", stack.broker()];
        let (group, topic) = (stack.name("clerks"), stack.name("orders"));
        let make = ["--reset-offsets", "--to-latest", "--topic", &topic, "--execute", "--group"];
        bed.tool(&[&base[..], &make, &[&group]].concat());
        delete(&stack, &["clerks-######", "--yes"]).success();
        let told = bed.tool(&[&base[..], &["--list"]].concat());
        let groups: Vec<_> = told.lines().filter(|line| line.ends_with(&topic[6..])).collect();
        assert_eq!(groups, [stack.name("auditors")]);
    }
}
