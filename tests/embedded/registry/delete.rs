use serde_json::json;

use super::Bed;

#[test]
fn a_subject_goes_in_two_steps() {
    let bed = Bed::new();
    bed.send("POST /subjects/s/versions", &json!("int"));
    bed.send("POST /subjects/s/versions", &json!("long"));
    let early = bed.fails("DELETE /subjects/s?permanent=true", None);
    assert_eq!((early.0, early.1), (404, 40405));
    assert_eq!(bed.call("DELETE /subjects/s"), json!([1, 2]));
    assert_eq!(bed.call("GET /subjects"), json!([]));
    assert_eq!(bed.call("GET /subjects?deleted=True"), json!(["s"]), "as Python writes it");
    assert_eq!(bed.call("GET /subjects?deleted=False"), json!([]));
    let again = bed.fails("DELETE /subjects/s", None);
    assert_eq!((again.0, again.1), (404, 40404));
    assert_eq!(bed.call("GET /schemas/ids/1"), json!({ "schema": "\"int\"" }));
    assert_eq!(bed.call("DELETE /subjects/s?permanent=true"), json!([1, 2]));
    assert_eq!(bed.call("GET /subjects?deleted=true"), json!([]));
    assert_eq!(bed.fails("DELETE /subjects/s", None).1, 40401);
}

#[test]
fn a_version_goes_in_two_steps_and_its_id_stays_used() {
    let bed = Bed::new();
    bed.send("POST /subjects/s/versions", &json!("int"));
    bed.send("POST /subjects/s/versions", &json!("long"));
    assert_eq!(bed.fails("DELETE /subjects/s/versions/2?permanent=true", None).1, 40407);
    assert_eq!(bed.call("DELETE /subjects/s/versions/2"), json!(2));
    assert_eq!(bed.fails("GET /subjects/s/versions/2", None).1, 40402);
    assert_eq!(bed.call("GET /subjects/s/versions?deleted=true"), json!([1, 2]));
    assert_eq!(bed.fails("DELETE /subjects/s/versions/2", None).1, 40406);
    assert_eq!(bed.call("DELETE /subjects/s/versions/2?permanent=true"), json!(2));
    assert_eq!(bed.fails("GET /schemas/ids/2", None).1, 40403);
    assert_eq!(bed.send("POST /subjects/s/versions", &json!("long")), json!({ "id": 3 }));
    assert_eq!(bed.call("GET /subjects/s/versions"), json!([1, 2]));
}

/// As Confluent's registry has it: the next number counts hidden versions.
#[test]
fn a_hidden_schema_comes_back_with_its_id_as_the_next_version() {
    let bed = Bed::new();
    bed.send("POST /subjects/s/versions", &json!("int"));
    bed.send("POST /subjects/s/versions", &json!("long"));
    bed.call("DELETE /subjects/s/versions/2");
    assert_eq!(bed.send("POST /subjects/s/versions", &json!("long")), json!({ "id": 2 }));
    assert_eq!(bed.call("GET /subjects/s/versions?deleted=true"), json!([1, 3]));
}

#[test]
fn level_and_mode_go_with_the_last_version() {
    let bed = Bed::new();
    for step in ["DELETE /subjects/s", "DELETE /subjects/s/versions/latest"] {
        bed.send("POST /subjects/s/versions", &json!("int"));
        bed.raw("PUT /config/s", Some(r#"{"compatibility": "FULL"}"#));
        bed.raw("PUT /mode/s", Some(r#"{"mode": "READWRITE"}"#));
        bed.call(step);
        assert_eq!(bed.fails("GET /config/s", None).1, 40408, "{step}");
        assert_eq!(bed.fails("GET /mode/s", None).1, 40409, "{step}");
    }
}
