use serde_json::{Value, json};

use super::Bed;

const MODE: &str = r#"{"type":"enum","name":"org.Mode","symbols":["ON","OFF"]}"#;

/// A registry in which version 1 of `user` uses version 1 of `used`.
fn bed() -> Bed {
    let bed = Bed::new();
    bed.raw("POST /subjects/used/versions", Some(&json!({ "schema": MODE }).to_string()));
    let (status, answer) = bed.raw("POST /subjects/user/versions", Some(&request(1)));
    assert_eq!(status, 200, "{answer}");
    bed
}

/// `["null", "org.Mode"]`, which uses `version` of `used`.
fn request(version: u32) -> String {
    let schema = r#"["null","org.Mode"]"#;
    json!({ "schema": schema, "references": uses(version) }).to_string()
}

fn uses(version: u32) -> Value {
    json!([{ "name": "org.Mode", "subject": "used", "version": version }])
}

#[test]
fn they_are_kept_with_the_schema() {
    let bed = bed();
    let schema = json!({ "schema": "[\"null\",\"org.Mode\"]", "references": uses(1) });
    assert_eq!(bed.call("GET /schemas/ids/2"), schema);
    assert_eq!(bed.call("GET /subjects/user/versions/1")["references"], uses(1));
    let (_, found) = bed.raw("POST /subjects/user", Some(&request(1)));
    assert_eq!(found["version"], 1);
    assert_eq!(bed.raw("POST /subjects/user/versions", Some(&request(1))).1, json!({ "id": 2 }));
    assert_eq!(bed.call("GET /subjects/used/versions/1/referencedby"), json!([2]));
    assert_eq!(bed.call("GET /subjects/user/versions/1/referencedby"), json!([]));
}

#[test]
fn they_count_for_compatibility() {
    let bed = bed();
    let narrow = json!({ "schema": "\"org.Mode\"", "references": uses(1) }).to_string();
    let (status, code, message) = bed.fails("POST /subjects/user/versions", Some(&narrow));
    assert_eq!((status, code), (409, 409), "{message}");
}

#[test]
fn what_is_used_stays() {
    let bed = bed();
    let kept = "One or more references exist to the schema {subject=used,version=1}.";
    let refused = (422, 42206, kept.to_owned());
    assert_eq!(bed.fails("DELETE /subjects/used", None), refused);
    assert_eq!(bed.fails("DELETE /subjects/used/versions/1", None), refused);
    bed.call("DELETE /subjects/user");
    assert_eq!(bed.call("DELETE /subjects/used"), json!([1]));
}

#[test]
fn what_is_used_must_be_there() {
    let bed = bed();
    assert_eq!(
        bed.fails("POST /subjects/user/versions", Some(&request(9))),
        (
            422,
            42201,
            "Invalid schema: no schema reference found for subject \"used\" and version 9, \
             which is used as `org.Mode`"
                .to_owned()
        )
    );
}
