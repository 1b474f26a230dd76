use serde_json::json;

use super::{Bed, body, record};

#[test]
fn equal_schemas_share_an_id_over_subjects() {
    let bed = Bed::new();
    let schema = record(&json!([{ "name": "a", "type": "int" }]));
    assert_eq!(bed.send("POST /subjects/one/versions", &schema), json!({ "id": 1 }));
    assert_eq!(bed.send("POST /subjects/one/versions", &schema), json!({ "id": 1 }));
    let spaced = format!(" {} ", schema.to_string().replace(':', " :\n"));
    let (_, answer) = bed.raw(
        "POST /subjects/two/versions",
        Some(&json!({ "schema": spaced, "schemaType": "AVRO" }).to_string()),
    );
    assert_eq!(answer, json!({ "id": 1 }));
    let mut documented = schema.clone();
    documented["doc"] = json!("other");
    assert_eq!(bed.send("POST /subjects/two/versions", &documented), json!({ "id": 2 }));
    assert_eq!(bed.call("GET /subjects"), json!(["one", "two"]));
    assert_eq!(bed.call("GET /subjects?subjectPrefix=t"), json!(["two"]));
    assert_eq!(bed.call("GET /subjects/two/versions"), json!([1, 2]));
    assert_eq!(bed.call("GET /schemas/ids/1"), json!({ "schema": schema.to_string() }));
    assert_eq!(bed.call("GET /schemas/ids/1/schema"), schema);
    assert_eq!(bed.call("GET /schemas/ids/1/subjects"), json!(["one", "two"]));
    assert_eq!(
        bed.call("GET /schemas/ids/1/versions"),
        json!([{ "subject": "one", "version": 1 }, { "subject": "two", "version": 1 }])
    );
}

#[test]
fn versions_are_shown_by_number_and_as_latest() {
    let bed = Bed::new();
    let schema = json!("string");
    bed.send("POST /subjects/a%2Fb/versions", &schema);
    let shown = json!({ "subject": "a/b", "version": 1, "id": 1, "schema": "\"string\"" });
    assert_eq!(bed.call("GET /subjects/a%2Fb/versions/1"), shown);
    assert_eq!(bed.call("GET /subjects/a%2Fb/versions/latest"), shown);
    assert_eq!(bed.call("GET /subjects/a%2Fb/versions/1/schema"), schema);
    assert_eq!(bed.send("POST /subjects/a%2Fb", &schema), shown);
}

#[test]
fn what_is_not_there_has_confluents_numbers() {
    let bed = Bed::new();
    bed.send("POST /subjects/s/versions", &json!("string"));
    let not_found = |code, message: &str| (404, code, message.to_owned());
    let no_subject = not_found(40401, "Subject 'x' not found.");
    assert_eq!(bed.fails("GET /subjects/x/versions", None), no_subject);
    assert_eq!(bed.fails("GET /subjects/x/versions/latest", None), no_subject);
    assert_eq!(bed.fails("DELETE /subjects/x", None), no_subject);
    let lookup = bed.fails("POST /subjects/x", Some(&body(&json!("string"))));
    assert_eq!(lookup, no_subject);
    let no_version = not_found(40402, "Version 7 not found.");
    assert_eq!(bed.fails("GET /subjects/s/versions/7", None), no_version);
    let lookup = bed.fails("POST /subjects/s", Some(&body(&json!("long"))));
    assert_eq!(lookup, not_found(40403, "Schema not found"));
    let by_id = bed.fails("GET /schemas/ids/9", None);
    assert_eq!(by_id, not_found(40403, "Schema 9 not found"));
    let (status, code, message) = bed.fails("GET /subjects/s/versions/0", None);
    assert_eq!((status, code), (422, 42202));
    assert!(message.starts_with("The specified version '0' is not a valid version id."));
}

#[test]
fn a_bad_schema_is_refused_in_words() {
    let bed = Bed::new();
    let refused = |body: &str| bed.fails("POST /subjects/s/versions", Some(body));
    assert_eq!(
        refused(&body(&json!({ "type": "strnig" }))),
        (
            422,
            42201,
            "Invalid schema: cannot parse the Avro schema: Unknown primitive type: strnig"
                .to_owned()
        )
    );
    assert_eq!(
        refused(&json!({ "schema": "{}", "schemaType": "JSON" }).to_string()),
        (501, 501, "the embedded registry holds Avro schemas only, not JSON".to_owned())
    );
    let (status, code, message) = refused("{");
    assert_eq!((status, code), (400, 400));
    assert!(message.starts_with("Unable to process JSON: EOF"), "{message}");
    assert_eq!(bed.call("GET /subjects"), json!([]));
}
