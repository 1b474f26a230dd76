//! `kafkaefd merge`.

use serde_json::Value;

use crate::support::{Kafkaefd, Stack, on_each_stack};

/// One of two processes that share an experiment, or one that reads all of it.
const RUN: &str = r#"
    const ARGS = #{
        id: #{ help: "Which", type: "int" },
        observe: #{ help: "Read all of it", flag: true },
        file: #{ help: "Manifest", required: true },
    };
    fn main(args) {
        let topics = ["one-######", "two-######"];
        let experiment = load::experiment(#{
            max: if args.observe { 100 } else { 50 }, name: "night", producer_count: 2,
            producer_id: args.id ?? 0,
        });
        if args.observe {
            experiment = experiment.consume(topics, #{ from: "earliest" });
        } else {
            for topic in topics { experiment = experiment.produce(topic, "a value", 200); }
            experiment = experiment.consume(topics[args.id]).threshold("lost == 0");
        }
        experiment.run().manifest(args.file);
    }
"#;

fn run(stack: &Stack, args: &[&str], file: &str) {
    let call = stack.kafkaefd().file("t.rhai", RUN).args(["run", "t.rhai", "--"]);
    call.args(args).args(["--file", file]).stderr("").success();
}

fn merged(stack: &Stack, files: &[&str]) -> Value {
    let call = stack.kafkaefd().args(["merge", "--output", "json"]).args(files).stderr("");
    serde_json::from_slice(&call.success().stdout).unwrap()
}

on_each_stack! {
    /// Two processes that each saw half are what one saw that saw everything.
    fn parts_are_the_whole(stack: &Stack) {
        let create = r#"for t in ["one-######", "two-######"] { kafka::create_topic(t); }"#;
        stack.script(create).success();
        let folder = tempfile::TempDir::new().unwrap();
        let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (zero, one, all, out) = (file("0.json"), file("1.json"), file("all"), file("out"));
        run(stack, &["--id", "0"], &zero);
        run(stack, &["--id", "1"], &one);
        run(stack, &["--observe"], &all);
        let (parts, whole) = (merged(stack, &[&zero, &one]), merged(stack, &[&all]));
        for key in ["received", "lost", "duplicates", "reordered", "bytes_received"] {
            assert_eq!(parts[key], whole[key], "{key}");
        }
        assert_eq!(parts["received"], 100);
        assert_eq!(parts["latencies"]["end_to_end"]["count"], 100);
        let offsets = &parts["offsets"]["read"];
        assert_eq!(offsets, &whole["offsets"]["read"]);
        assert_eq!(parts["passed"], true);
        assert_eq!(parts["parts"].as_array().unwrap().len(), 2);
        // Merging goes on from what was merged, with thresholds of its own.
        let call = stack.kafkaefd().args(["merge", &zero, &one, "--manifest", &out]);
        call.args(["--threshold", "received == 100"]).success();
        let again = stack.kafkaefd().args(["merge", &out, "--threshold", "sent > 100"]);
        let output = again.stderr("error: `night` did not keep to its thresholds: sent > 100 (100)\n");
        let stdout = String::from_utf8(output.code(5).stdout).unwrap();
        assert!(stdout.starts_with("FAILED  night, "), "{stdout}");
        assert!(stdout.lines().next().unwrap().ends_with(" in 2 processes"), "{stdout}");
    }
}

#[test]
fn what_is_no_manifest_is_named() {
    for (text, why) in [
        ("{}", "it is no manifest of a run"),
        ("[", "it is not JSON: EOF while parsing a list at line 1 column 1"),
        (
            r#"{"format": "kafkaefd-run-9"}"#,
            "it has the form `kafkaefd-run-9`, not `kafkaefd-run-1`",
        ),
    ] {
        let stderr = format!("error: cannot read the manifest `x.json`: {why}\n");
        Kafkaefd::new().file("x.json", text).args(["merge", "x.json"]).stderr(&stderr).code(1);
    }
    let stderr =
        "error: cannot read the manifest `y.json`: No such file or directory (os error 2)\n";
    Kafkaefd::new().args(["merge", "y.json"]).stderr(stderr).code(1);
}
