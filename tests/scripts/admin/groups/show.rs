//! `admin groups show`.

use serde_json::{Value, json};

use super::{member, orders};
use crate::support::{Stack, on_each_stack};

/// What `show` prints of the group as JSON.
fn shown(stack: &Stack, group: &str) -> Value {
    let args = ["admin", "groups", "show", group, "--output", "json"];
    let output = stack.kafkaefd().args(args).stderr("").success();
    serde_json::from_slice(&output.stdout).unwrap()
}

on_each_stack! {
    fn a_group_without_members(stack: &Stack) {
        orders(stack, &[("clerks", 0)]);
        stack
            .kafkaefd()
            .args(["admin", "groups", "show", "clerks-######"])
            .stdout(&format!(
                "group          state  type     assignor  coordinator  address\n\
                 clerks-######  Empty  classic                      1  {}\n\n\
                 no members\n",
                stack.broker()
            ))
            .stderr("")
            .success();
    }

    fn a_static_member_and_its_partitions(stack: &Stack) {
        orders(stack, &[]);
        let _reader = member(stack, "clerks", &[("group.instance.id", "desk")]);
        let group = shown(stack, "clerks-######");
        let id = group["members"][0]["member"].as_str().unwrap().to_owned();
        let place = |partition: i32| json!({"topic": stack.name("orders"), "partition": partition});
        let host = group["members"][0]["host"].clone();
        assert!(host.as_str().unwrap().trim_start_matches('/') == "127.0.0.1", "{host}");
        assert_eq!(
            group,
            json!({
                "group": stack.name("clerks"), "state": "Stable", "type": "classic",
                "assignor": "range", "coordinator": 1, "address": stack.broker(),
                "members": [{
                    "member": id, "client": "reader", "host": host, "instance": "desk",
                    "partitions": [place(0), place(1)],
                }],
            })
        );
        let host = host.as_str().unwrap();
        stack
            .kafkaefd()
            .args(["admin", "groups", "show", "clerks-######"])
            .stdout(&format!(
                "group          state   type     assignor  coordinator  address\n\
                 clerks-######  Stable  classic  range               1  {}\n\n\
                 client  {:width$}  instance  topic          partitions  member\n\
                 reader  {host}  desk      orders-######  [0,1]       {id}\n",
                stack.broker(),
                "host",
                width = host.len(),
            ))
            .stderr("")
            .success();
    }

    fn a_mistyped_name_is_answered_with_the_nearest(stack: &Stack) {
        orders(stack, &[("clerks", 0)]);
        stack
            .kafkaefd()
            .args(["admin", "groups", "show", "clerk-######"])
            .stdout("")
            .stderr(
                "error: cannot describe group `clerk-######`: group `clerk-######` does not exist\n\
                 help: did you mean `clerks-######`?\n"
            )
            .code(1);
    }
}

on_each_stack! {
    /// One to which the broker assigns (KIP-848).
    fn a_group_of_the_new_protocol(stack: &Stack) {
        orders(stack, &[]);
        let _reader = member(stack, "novices", &[("group.protocol", "consumer")]);
        let group = shown(stack, "novices-######");
        assert_eq!(group["type"], "consumer");
        assert_eq!(group["assignor"], "uniform");
        assert_eq!(group["members"][0]["client"], "reader");
        assert_eq!(group["members"][0]["partitions"][1]["partition"], 1);
    }
}
