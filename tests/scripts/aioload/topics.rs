//! `aioload test-schemas` and `aioload init-topics`.

use crate::support::{Stack, on_each_stack};

on_each_stack! {
    fn topics_and_schemas_are_prepared_once(stack: &Stack) {
        let call = |command: &str| {
            stack.kafkaefd().args(["aioload", command, "--name", "load-######-", "--count", "2"])
        };
        let tested = |result: &str| {
            let row = |number: usize, part: &str, gap: &str| {
                format!(
                    "load-######-{number}-{part}{gap}  \
                     org.lsst.kafka_efd_demo.aioload.simple{number}.aioload_simple_{part}{gap}  \
                     {result}\n"
                )
            };
            format!(
                "subject              schema                                                        \
                 result\n{}{}{}{}",
                row(0, "key", "  "),
                row(0, "value", ""),
                row(1, "key", "  "),
                row(1, "value", "")
            )
        };
        call("test-schemas").stdout(&tested("new")).stderr("").success();
        for result in ["created", "exists"] {
            let output = call("init-topics").args(["--output", "json"]).stderr("").success();
            let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            for number in [0, 1] {
                let row = &rows[number];
                assert_eq!(row["topic"], stack.tagged(&format!("load-######-{number}")));
                assert_eq!((&row["partitions"], &row["result"]), (&1.into(), &result.into()));
                assert!(row["key_id"].as_u64() > Some(0) && row["value_id"].as_u64() > Some(0));
            }
        }
        call("test-schemas").stdout(&tested("registered")).stderr("").success();
        call("init-topics").args(["--count", "0"]).code(2);
    }
}

#[test]
fn schemas_that_do_not_fit_are_told() {
    let stack = Stack::new();
    stack.script("registry::register(\"aioload-simple0-value\", `\"int\"`);").success();
    stack
        .kafkaefd()
        .args(["aioload", "test-schemas", "--output", "json"])
        .stderr("error: 1 of 2 schemas are incompatible with their subjects\n")
        .code(1);
}
