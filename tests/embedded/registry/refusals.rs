//! What is asked wrongly, with the status and the error code that Confluent's registry answers.

use serde_json::json;

use super::Bed;
use super::api::Body;

const INT: &str = r#"{"schema": "\"int\""}"#;
const VERSIONS: &str = "POST /subjects/s/versions";
const CHECK: &str = "POST /compatibility/subjects/s/versions";

/// A call, its body, and what is answered.
type Case<'a> = (&'a str, Option<&'a str>, u16, i64);

/// A registry with version 1 of `s`, and the hidden version 1 of `hidden`.
fn bed() -> Bed {
    let bed = Bed::new();
    for subject in ["s", "hidden"] {
        bed.send(&format!("POST /subjects/{subject}/versions"), &json!("int"));
    }
    bed.call("DELETE /subjects/hidden");
    bed
}

fn check(cases: &[Case]) {
    let bed = bed();
    for (call, body, status, code) in cases {
        let (found, kind, _) = bed.fails(call, *body);
        assert_eq!((found, kind), (*status, *code), "{call} {body:?}");
    }
}

#[test]
fn unknown_subjects_versions_and_ids() {
    check(&[
        ("GET /subjects/x/versions", None, 404, 40401),
        ("GET /subjects/x/versions/1", None, 404, 40401),
        ("GET /subjects/x/versions/latest", None, 404, 40401),
        ("GET /subjects/x/versions/1/referencedby", None, 404, 40401),
        ("GET /subjects/hidden/versions", None, 404, 40401),
        ("POST /subjects/x", Some(INT), 404, 40401),
        ("DELETE /subjects/x", None, 404, 40401),
        ("DELETE /subjects/x/versions/1", None, 404, 40401),
        ("GET /subjects/s/versions/2", None, 404, 40402),
        ("GET /subjects/s/versions/2/referencedby", None, 404, 40402),
        ("DELETE /subjects/s/versions/2", None, 404, 40402),
        ("POST /compatibility/subjects/s/versions/2", Some(INT), 404, 40402),
        ("POST /compatibility/subjects/x/versions/1", Some(INT), 404, 40402),
        ("POST /subjects/s", Some(r#"{"schema": "\"long\""}"#), 404, 40403),
        ("GET /schemas/ids/99", None, 404, 40403),
        ("GET /schemas/ids/0", None, 404, 40403),
        ("GET /schemas/ids/-1", None, 404, 40403),
        ("GET /schemas/ids/99/schema", None, 404, 40403),
        ("GET /schemas/ids/99/subjects", None, 404, 40403),
        ("GET /schemas/ids/99/versions", None, 404, 40403),
        ("GET /schemas/ids/one", None, 404, 404),
        ("GET /config/s", None, 404, 40408),
        ("GET /mode/s", None, 404, 40409),
        ("DELETE /config/s", None, 404, 40401),
        ("DELETE /mode/s", None, 404, 40401),
    ]);
}

#[test]
fn versions_that_are_none() {
    for word in ["0", "-2", "abc", "99999999999", "LATEST"] {
        check(&[
            (&format!("GET /subjects/s/versions/{word}"), None, 422, 42202),
            (&format!("DELETE /subjects/s/versions/{word}"), None, 422, 42202),
            (&format!("{CHECK}/{word}"), Some(INT), 422, 42202),
        ]);
    }
}

#[test]
fn deletion_in_the_wrong_order() {
    check(&[
        ("DELETE /subjects/s?permanent=true", None, 404, 40405),
        ("DELETE /subjects/s/versions/1?permanent=true", None, 404, 40407),
        ("DELETE /subjects/hidden", None, 404, 40404),
        ("DELETE /subjects/hidden/versions/1", None, 404, 40406),
    ]);
}

#[test]
fn bodies_that_say_nothing() {
    check(&[
        (VERSIONS, Some(""), 422, 422),
        (VERSIONS, Some("{"), 400, 400),
        (VERSIONS, Some("[]"), 400, 400),
        (VERSIONS, Some("{}"), 422, 42201),
        (VERSIONS, Some(r#"{"schema": null}"#), 422, 42201),
        (VERSIONS, Some(r#"{"schema": ""}"#), 422, 42201),
        (VERSIONS, Some(r#"{"schema": "nonsense"}"#), 422, 42201),
        (VERSIONS, Some(r#"{"schema": "\"int\"", "schemaType": "XML"}"#), 422, 42201),
        (VERSIONS, Some(r#"{"schema": "\"long\"", "version": 7}"#), 422, 42201),
        (VERSIONS, Some(r#"{"schema": "\"long\"", "id": 7}"#), 422, 42205),
        (VERSIONS, Some(r#"{"schema": "\"string\""}"#), 409, 409),
        ("POST /subjects/s", Some(r#"{"schema": "nonsense"}"#), 422, 42201),
        (CHECK, Some(r#"{"schema": "nonsense"}"#), 422, 42201),
        ("PUT /config", Some(""), 422, 422),
        ("PUT /config", Some("{"), 400, 400),
        ("PUT /config", Some("{}"), 422, 42203),
        ("PUT /config/s", Some(r#"{"compatibility": "SIDEWAYS"}"#), 422, 42203),
        ("PUT /mode", Some("{}"), 422, 42204),
        ("PUT /mode/s", Some(r#"{"mode": "SIDEWAYS"}"#), 422, 42204),
        ("PUT /mode/s", Some(r#"{"mode": "IMPORT"}"#), 422, 42205),
        ("PUT /subjects", Some("{}"), 405, 405),
        ("GET /nowhere", None, 404, 404),
    ]);
}

#[test]
fn a_check_of_an_invalid_schema_tells_why_when_asked() {
    let check = format!("{CHECK}?verbose=true");
    let (status, answer) = bed().raw(&check, Some(r#"{"schema": "{\"type\":\"nonsense\"}"}"#));
    let why = "Invalid schema: cannot parse the Avro schema: Unknown primitive type: nonsense";
    assert_eq!((status, answer), (200, json!({ "is_compatible": false, "messages": [why] })));
}

#[test]
fn media_types_of_others() {
    let bed = bed();
    let send = |kind| {
        let (status, _, answer) = bed.api().send(VERSIONS, Some(Body { text: INT, kind }));
        (status, answer["error_code"].as_i64())
    };
    for kind in [
        "",
        "application/json",
        "application/json; charset=utf-8",
        "application/octet-stream",
        "application/vnd.schemaregistry+json",
    ] {
        assert_eq!(send(kind), (200, None), "{kind}");
    }
    for kind in ["text/plain", "application/xml", "application/x-www-form-urlencoded"] {
        assert_eq!(send(kind), (415, Some(415)), "{kind}");
    }
}
