//! `kafkaefd salschema convert --upload`.

use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers};

use crate::support::{Fake, Kafkaefd, Stack, on_each_registry};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/demo/interfaces");
const CONVERT: [&str; 10] = [
    "salschema",
    "convert",
    "--xml-dir",
    DEMO,
    "--subsystem",
    "Sensors",
    "--upload",
    "--parallel",
    "1",
    "--layout",
];

on_each_registry! {
    /// What is there already is not registered again.
    fn each_schema_goes_under_its_subject_once(stack: &Stack) {
        // The subjects are those of the demo: other tests may have them registered.
        let convert = || stack.kafkaefd().args(CONVERT).args(["kafkaefd", "--output", "json"]);
        let first: serde_json::Value = serde_json::from_slice(&convert().success().stdout).unwrap();
        let again: serde_json::Value = serde_json::from_slice(&convert().success().stdout).unwrap();
        let rows = again.as_array().unwrap();
        assert_eq!(rows.len(), 2);
        for (row, before) in rows.iter().zip(first.as_array().unwrap()) {
            assert_eq!(row["result"], "unchanged", "{row}");
            assert_eq!(row["id"], before["id"]);
        }
    }
}

/// What an upload logs without the lines of progress, of which a slow one has more.
fn summary(stderr: &[u8]) -> String {
    let lines = String::from_utf8(stderr.to_vec()).unwrap();
    lines.split_inclusive('\n').filter(|line| !line.ends_with(" of 2 schemas\n")).collect()
}

#[test]
fn a_summary_follows_the_ids() {
    let stack = Stack::new();
    let output = stack
        .kafkaefd()
        .args(CONVERT)
        .args(["kafkaefd"])
        .stdout(
            "\
sal_topic                    topic                                 fields  subject                               id  result
Sensors_logevent_connection  lsst.sal.Sensors_logevent_connection      10  lsst.sal.Sensors_logevent_connection   1  registered
Sensors_thermocouples        lsst.sal.Sensors_thermocouples            10  lsst.sal.Sensors_thermocouples         2  registered
",
        )
        .success();
    assert_eq!(summary(&output.stderr), " INFO 2 schemas: 2 registered\n");
}

#[test]
fn one_that_is_incompatible_leaves_the_others_alone() {
    let stack = Stack::new();
    let subject = "lsst.sal.Sensors.thermocouples-value";
    let script = format!("registry::register(\"{subject}\", `\"int\"`);");
    stack.kafkaefd().file("a.rhai", &script).args(["run", "a.rhai"]).success();
    let output = stack.kafkaefd().args(CONVERT).args(["ts_xml", "--output", "json"]).code(1);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let results: Vec<_> = rows.iter().map(|row| row["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["registered", "incompatible", "registered"]);
    let reason =
        "it is incompatible at level BACKWARD: the new schema cannot read data of version 1";
    assert!(rows[1]["reason"].as_str().unwrap().starts_with(reason), "{}", rows[1]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains(" INFO 3 schemas: 2 registered, 1 incompatible\n"), "{stderr}");
    assert!(
        stderr.contains(&format!(
            "error: cannot register schema lsst.sal.Sensors.thermocouples under subject `{subject}`"
        )),
        "{stderr}"
    );
}

/// What was registered stays: the user has to know how much that is.
#[test]
fn a_registry_that_refuses_all_further_schemas_ends_it_with_a_summary() {
    let fake = Fake::of("--registry");
    let there = json!({"subject": "s", "id": 7, "version": 1, "schema": "\"int\""});
    let first = Mock::given(matchers::path("/subjects/lsst.sal.Sensors_logevent_connection"))
        .respond_with(ResponseTemplate::new(200).set_body_json(there));
    let other = Mock::given(matchers::any()).respond_with(ResponseTemplate::new(401));
    fake.runtime.block_on(fake.server.register(first));
    fake.runtime.block_on(fake.server.register(other));
    let output = Kafkaefd::new()
        .args(CONVERT)
        .args(["kafkaefd", "--registry", &fake.server.uri()])
        .stdout("")
        .code(1);
    let stderr = summary(&output.stderr);
    assert!(
        stderr.starts_with(" INFO 1 of 2 schemas: 1 unchanged\nerror: cannot look up a schema"),
        "{stderr}"
    );
}

#[test]
fn none_at_a_time_is_refused() {
    let args = ["salschema", "convert", "--subsystem", "Sensors", "--upload", "--parallel", "0"];
    let output = Kafkaefd::new().args(args).stdout("").code(2);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("error: option `parallel` of registry::register_each: "), "{stderr}");
}
