//! What cannot be an experiment.

use crate::support::{Kafkaefd, on_each_stack};

/// `script` fails with these lines on stderr.
fn refuses(script: &str, code: i32, stderr: &str) {
    let call = Kafkaefd::new().file("t.rhai", script).args(["run", "t.rhai"]);
    let output = call.code(code);
    let said = String::from_utf8(output.stderr).unwrap();
    let told = said.lines().filter(|line| line.starts_with("error") || line.starts_with("help"));
    assert_eq!(told.collect::<Vec<_>>().join("\n"), stderr);
}

#[test]
fn what_makes_no_sense_is_named() {
    for (script, stderr) in [
        (
            "load::experiment().run()",
            "error: cannot run the experiment: it neither sends nor reads",
        ),
        (
            "load::experiment(#{ second: 1 })",
            "error: load::experiment has no option `second`\nhelp: did you mean `seconds`?",
        ),
        (
            "load::experiment(#{ producer_count: 2, producer_id: 2 })",
            "error: cannot run the experiment: of 2 producers there is none with the id 2: \
             ids count from 0",
        ),
        (
            "load::experiment().produce(\"t\", 5, 1)",
            "error: cannot send an int to topic `t`\n\
             help: give a Generator, a Mock, text or a blob (registry::encode makes one)",
        ),
        (
            "load::experiment().produce(\"t\", \"x\", 0)",
            "error: cannot keep the rate: the rate is 0, not a number above 0",
        ),
        (
            "load::experiment().produce(\"t\", \"x\", #{ hertz: 5 })",
            "error: cannot keep the rate: the map has no way to pace records\n\
             help: give a number of records a second, or a map with ramp and over, steps, burst \
             and every, poisson, or replay",
        ),
        (
            "load::experiment().produce(\"t\", \"x\", #{ ramp: [1, 2], ove: 5 })",
            "error: a ramp has no option `ove`\nhelp: did you mean `over`?",
        ),
        (
            "load::experiment().produce(\"t\", \"x\", 1, #{ key: 5 })",
            "error: a key is text or a blob, not an int",
        ),
    ] {
        refuses(script, 2, stderr);
    }
}

on_each_stack! {
    fn a_topic_that_does_not_exist_is_named(stack: &Stack) {
        let script = r#"
            kafka::create_topic("dome-######");
            try {
                load::experiment().produce("dome-######", "x", 1).produce("dom-######", "x", 1).run();
            } catch (err) { print(err.kind); print(err.message); print(err.remedy); }
        "#;
        stack
            .script(script)
            .stdout(
                "not_found\ncannot produce to 2 topics: topic `dom-######` does not exist\n\
                 did you mean `dome-######`?\n",
            )
            .success();
    }

    /// Records that a broker refuses are counted with the reason; the others arrive.
    fn refused_records_are_counted_with_the_reason(stack: &Stack) {
        let script = r#"
            kafka::create_topic("small-######", #{ config: #{ "max.message.bytes": 300 } });
            kafka::create_topic("large-######");
            let value = "";
            value.pad(400, "x");
            let outcome = load::experiment()
                .produce("small-######", value, #{ replay: [0, 0.1, 0.2] })
                .produce("large-######", value, #{ replay: [0, 0.1] })
                .run();
            print([outcome.sent, outcome.acknowledged, outcome.failed]);
            print(outcome.failures.keys()[0].split(": ")[0]);
            print(outcome.failures.values());
        "#;
        stack
            .script(script)
            .stdout("[5, 2, 3]\ntopic `small-######`\n[3]\n")
            .success();
    }
}
