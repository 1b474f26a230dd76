//! `admin groups list`.

use super::{member, orders};
use crate::support::{Kafkaefd, on_each_stack};

on_each_stack! {
    fn groups_are_listed_with_state_and_type(stack: &Stack) {
        orders(stack, &[("clerks", 0), ("auditors", 3)]);
        let _reader = member(stack, "clerks", &[]);
        stack
            .kafkaefd()
            .args(["admin", "groups", "list", "-f", ".*-######"])
            .stdout(
                "group            state   type\n\
                 auditors-######  Empty   classic\n\
                 clerks-######    Stable  classic\n",
            )
            .stderr("")
            .success();
        stack
            .kafkaefd()
            .args(["admin", "groups", "list", "-f", "auditors-######", "--output", "json"])
            .stdout(
                "[\n  {\n    \"group\": \"auditors-######\",\n    \"state\": \"Empty\",\n    \
                 \"type\": \"classic\"\n  }\n]\n",
            )
            .success();
    }

    fn no_groups_are_said_so(stack: &Stack) {
        stack
            .kafkaefd()
            .args(["admin", "groups", "list", "-f", "nobody-######"])
            .stdout("no groups in profile custom\n")
            .stderr("")
            .success();
        stack
            .kafkaefd()
            .args(["admin", "groups", "list", "-f", "["])
            .stdout("")
            .stderr(
                "error: cannot filter groups: `[` is no regular expression: unclosed character class\n\
                 help: write one, for example `lsst[.]sal[.].*`\n"
            )
            .code(2);
    }
}

on_each_stack! {
    /// One to which the broker assigns (KIP-848).
    fn a_group_of_the_new_protocol_is_a_consumer_group(stack: &Stack) {
        orders(stack, &[]);
        let reader = member(stack, "novices", &[("group.protocol", "consumer")]);
        let list = |table: &str| {
            let args = ["admin", "groups", "list", "-f", "novices-######"];
            stack.kafkaefd().args(args).stdout(table).success();
        };
        list("group           state   type\nnovices-######  Stable  consumer\n");
        drop(reader);
        list("group           state  type\nnovices-######  Empty  consumer\n");
    }
}

#[test]
fn an_address_where_nobody_answers_is_named() {
    Kafkaefd::new()
        .args(["--broker", "127.0.0.1:1", "admin", "groups", "list", "--timeout", "0.5"])
        .stdout("")
        .stderr(
            "error: cannot list groups of 127.0.0.1:1: connection refused\n\
                 help: check the address given with --broker (or $BROKER), and that the broker runs\n"
        )
        .code(1);
}
