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
