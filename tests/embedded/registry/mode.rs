use serde_json::{Value, json};

use super::{Bed, body};

fn mode(word: &str) -> String {
    json!({ "mode": word }).to_string()
}

fn shown(word: &str) -> Value {
    json!({ "mode": word })
}

#[test]
fn modes_are_set_for_all_and_for_a_subject() {
    let bed = Bed::new();
    assert_eq!(bed.call("GET /mode"), shown("READWRITE"));
    assert_eq!(bed.fails("GET /mode/s", None).1, 40409);
    assert_eq!(bed.call("GET /mode/s?defaultToGlobal=true"), shown("READWRITE"));
    assert_eq!(bed.raw("PUT /mode/s", Some(&mode("readonly"))), (200, shown("READONLY")));
    assert_eq!(bed.call("GET /mode/s"), shown("READONLY"));
    assert_eq!(bed.call("DELETE /mode/s"), shown("READONLY"));
    assert_eq!(bed.fails("DELETE /mode/s", None).1, 40401);
    assert_eq!(bed.fails("PUT /mode", Some(&mode("SIDEWAYS"))).1, 42204);
}

#[test]
fn nothing_is_changed_in_mode_readonly() {
    let bed = Bed::new();
    bed.send("POST /subjects/s/versions", &json!("int"));
    bed.raw("PUT /mode", Some(&mode("READONLY")));
    let refused = (422, 42205, "Subject s is in read-only mode".to_owned());
    let schema = body(&json!("long"));
    assert_eq!(bed.fails("POST /subjects/s/versions", Some(&schema)), refused);
    assert_eq!(bed.fails("DELETE /subjects/s", None), refused);
    assert_eq!(bed.fails("DELETE /subjects/s/versions/1", None), refused);
    let level = r#"{"compatibility": "NONE"}"#;
    assert_eq!(bed.fails("PUT /config/s", Some(level)), refused);
    assert_eq!(bed.fails("PUT /config", Some(level)).1, 42205);
    assert_eq!(bed.call("GET /subjects"), json!(["s"]));
}

#[test]
fn schemas_keep_their_numbers_in_mode_import() {
    let bed = Bed::new();
    let imported = |id: u32, version: u32, schema: &Value| {
        json!({ "schema": schema.to_string(), "id": id, "version": version }).to_string()
    };
    let seven = imported(7, 3, &json!("int"));
    let (status, code, _) = bed.fails("POST /subjects/s/versions", Some(&seven));
    assert_eq!((status, code), (422, 42205), "not in mode IMPORT");
    bed.raw("PUT /mode/s", Some(&mode("IMPORT")));
    assert_eq!(bed.raw("POST /subjects/s/versions", Some(&seven)), (200, json!({ "id": 7 })));
    assert_eq!(
        bed.call("GET /subjects/s/versions/3"),
        json!({ "subject": "s", "version": 3, "id": 7, "schema": "\"int\"" })
    );
    let without = body(&json!("long"));
    assert_eq!(bed.fails("POST /subjects/s/versions", Some(&without)).1, 42205);
    let other = imported(7, 4, &json!("long"));
    assert_eq!(bed.fails("POST /subjects/s/versions", Some(&other)).1, 42205, "7 is taken");
    // Later ids and versions go on from there.
    bed.call("DELETE /mode/s");
    assert_eq!(bed.send("POST /subjects/s/versions", &json!("long")), json!({ "id": 8 }));
    assert_eq!(bed.call("GET /subjects/s/versions"), json!([3, 4]));
    let refused = bed.fails("PUT /mode/s", Some(&mode("IMPORT")));
    assert_eq!(refused.2, "Cannot import since found existing subjects");
    assert_eq!(bed.raw("PUT /mode/s?force=true", Some(&mode("IMPORT"))).0, 200);
}

#[test]
fn contexts_are_those_of_the_subjects() {
    let bed = Bed::new();
    assert_eq!(bed.call("GET /contexts"), json!(["."]));
    bed.send("POST /subjects/:.night:s/versions", &json!("int"));
    bed.send("POST /subjects/s/versions", &json!("int"));
    assert_eq!(bed.call("GET /contexts"), json!([".", ".night"]));
    assert_eq!(bed.call("GET /subjects?subjectPrefix=:.night:"), json!([":.night:s"]));
}
