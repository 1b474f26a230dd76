use crate::support::Kafkaefd;

#[test]
fn options_that_contradict_are_refused() {
    let cases = [
        (
            "acks: false",
            "cannot deliver exactly-once: `acks` is false, and a transaction needs every \
             acknowledgement",
        ),
        (
            "transactional_id: \"\"",
            "cannot read the options of stream::from: `transactional_id` is not empty",
        ),
        (
            "transaction_records: 0",
            "cannot read the options of stream::from: `transaction_records` is 1 or more",
        ),
        (
            "transaction_timeout: 1",
            "cannot read the options of stream::from: `transaction_timeout` is 2 to 900 seconds",
        ),
        (
            "transaction_time: 11",
            "cannot read the options of stream::from: `transaction_time` is at most half of \
             `transaction_timeout`",
        ),
    ];
    let cases: Vec<String> = cases
        .iter()
        .map(|(option, said)| {
            format!(
                "[#{{ group: \"g\", delivery: \"exactly-once\", {option} }}, `{}`]",
                said.replace('`', "``")
            )
        })
        .collect();
    let script = format!(
        "kafka::create_topic(\"in\");\nfor row in [{}] {{\n    try {{\n        \
         stream::from(\"in\", row[0]).to(\"out\").run();\n        print(`taken: ${{row[0]}}`);\n    \
         }} catch (error) {{\n        if error.message != row[1] || error.kind != \"usage\" {{ print(error); }}\n    \
         }}\n}}\n",
        cases.join(",\n")
    );
    Kafkaefd::new().file("t.rhai", &script).args(["run", "t.rhai"]).stdout("").success();
}
