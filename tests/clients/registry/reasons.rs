use serde_json::json;

use super::fake;

const WHY: &str = "The field 'b' at path '/fields/1' in the new schema has no default value and is \
                   missing in the old schema";

fn reason() -> String {
    format!(
        "{{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'{WHY}', additionalInfo:'b'}}"
    )
}

#[test]
fn of_confluent_are_told_in_its_words() {
    let fake = fake();
    fake.answers("GET /subjects", 200, &json!(["s"]));
    let messages = [
        &reason(),
        "{oldSchemaVersion: 3}",
        "{oldSchema: '{\"type\":\"int\"}'}",
        "{validateFields: 'false', compatibility: 'FULL'}",
    ];
    fake.answers(
        "POST /compatibility/subjects/s/versions",
        200,
        &json!({ "is_compatible": false, "messages": messages }),
    );
    let script = "print(registry::check(\"s\", `\"int\"`, #{}).reasons);";
    fake.run(script).stdout(&format!("[{WHY:?}]\n")).success();
}

#[test]
fn of_others_are_told_as_they_are() {
    let fake = fake();
    fake.answers("GET /subjects", 200, &json!(["s"]));
    fake.answers(
        "POST /compatibility/subjects/s/versions",
        200,
        &json!({ "is_compatible": false, "messages": ["{b} is missing"] }),
    );
    let script = "print(registry::check(\"s\", `\"int\"`, #{}).reasons);";
    fake.run(script).stdout("[\"{b} is missing\"]\n").success();
}

#[test]
fn of_a_refusal_are_told_in_its_words() {
    let message = format!(
        "Schema being registered is incompatible with an earlier schema for subject \"s\", \
         details: [{}, {{oldSchemaVersion: 1}}, {{oldSchema: '[\"null\",\"int\"]'}}, \
         {{validateFields: 'false', compatibility: 'BACKWARD'}}]",
        reason()
    );
    let fake = fake().always(409, &json!({ "error_code": 409, "message": message }).to_string());
    let caught = fake.catches("registry::register(\"s\", avro::parse(`\"int\"`))");
    assert_eq!(
        caught.lines().nth(1).unwrap(),
        format!(
            "cannot register schema int under subject `s` at URL: \
             it is incompatible at level BACKWARD: {WHY}"
        )
    );
}

/// As Apicurio 2.6 writes it.
#[test]
fn of_apicurio_are_told_without_its_classes() {
    let class = "io.apicurio.registry.rules.RuleViolationException";
    let why = "b at /fields/1, reader type: INT not compatible with writer type: STRING at \
               /fields/0/type";
    let told = |status: u16, message: &str| {
        let body = json!({ "error_code": i64::from(status), "message": message });
        let fake = fake().always(status, &body.to_string());
        let caught = fake.catches("registry::register(\"s\", avro::parse(`\"int\"`))");
        caught.lines().nth(1).unwrap().split_once("at URL: ").unwrap().1.to_owned()
    };
    let message = format!(
        "{class}: Incompatible artifact: s [AVRO], num of incompatible diffs: {{2}}, list of diff \
         types: [{why}]"
    );
    assert_eq!(told(409, &message), format!("it is incompatible: {why}"));
    assert_eq!(told(422, &format!("{class}: The rule says no")), "The rule says no");
    assert_eq!(told(422, "lsst.sal.Dome: not now"), "lsst.sal.Dome: not now");
}
