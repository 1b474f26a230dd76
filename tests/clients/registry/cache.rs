use serde_json::json;

use super::fake;

#[test]
fn a_schema_is_asked_for_once() {
    let fake = fake();
    fake.answers("GET /schemas/ids/7", 200, &json!({ "schema": "\"long\"" }));
    fake.run("for i in 0..3 { print(registry::schema(7).name); }")
        .stdout("long\nlong\nlong\n")
        .success();
    assert_eq!(fake.asked(), ["GET /schemas/ids/7"]);
}

#[test]
fn a_schema_is_registered_once() {
    let fake = fake();
    fake.answers("POST /subjects/s/versions", 200, &json!({ "id": 7 }));
    fake.run("for i in 0..3 { print(registry::encode(\"s\", `\"long\"`, i)); }")
        .stdout("[000000000700]\n[000000000702]\n[000000000704]\n")
        .success();
    assert_eq!(fake.asked(), ["POST /subjects/s/versions"]);
}

#[test]
fn the_latest_schema_is_asked_for_again_after_a_change() {
    let fake = fake();
    let latest = json!({ "subject": "s", "version": 1, "id": 7, "schema": "\"long\"" });
    fake.answers("GET /subjects/s/versions/latest", 200, &latest);
    fake.answers("POST /subjects/s/versions", 200, &json!({ "id": 8 }));
    fake.run(
        "for i in 0..3 { registry::encode(\"s\", i); }\n\
         registry::register(\"s\", `\"int\"`);\n\
         registry::encode(\"s\", 1);",
    )
    .success();
    let ask = "GET /subjects/s/versions/latest";
    assert_eq!(fake.asked(), [ask, "POST /subjects/s/versions", ask]);
}

#[test]
fn a_prefix_in_the_address_is_kept() {
    let fake = fake();
    fake.answers("GET /kafka/registry/subjects/a%2Fb/versions", 200, &json!([1]));
    fake.run_below(
        "/kafka/registry/",
        "print(registry::versions(\"a/b\")); print(registry::url());",
    )
    .stdout(&format!("[1]\n{}/kafka/registry\n", fake.server.uri()))
    .success();
}
