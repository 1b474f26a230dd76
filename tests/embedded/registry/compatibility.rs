use serde_json::{Value, json};

use super::{Bed, body, record};

fn int(name: &str) -> Value {
    json!({ "name": name, "type": "int" })
}

fn optional(name: &str) -> Value {
    json!({ "name": name, "type": "int", "default": 0 })
}

/// Which of the levels let `second` follow `first`.
fn accepted(first: &[Value], second: &Value) -> Vec<&'static str> {
    let levels = [
        "NONE",
        "BACKWARD",
        "BACKWARD_TRANSITIVE",
        "FORWARD",
        "FORWARD_TRANSITIVE",
        "FULL",
        "FULL_TRANSITIVE",
    ];
    let takes = |level: &&str| {
        let bed = Bed::new();
        bed.raw("PUT /config", Some(r#"{"compatibility": "NONE"}"#));
        for schema in first {
            bed.send("POST /subjects/s/versions", schema);
        }
        bed.raw("PUT /config", Some(&json!({ "compatibility": level }).to_string()));
        bed.raw("POST /subjects/s/versions", Some(&body(second))).0 == 200
    };
    levels.into_iter().filter(takes).collect()
}

#[test]
fn each_level_lets_through_what_it_promises() {
    let one = record(&json!([int("a")]));
    let more = record(&json!([int("a"), int("b")]));
    let more_with_default = record(&json!([int("a"), optional("b")]));
    assert_eq!(
        accepted(std::slice::from_ref(&one), &more),
        ["NONE", "FORWARD", "FORWARD_TRANSITIVE"]
    );
    assert_eq!(accepted(&[more], &one), ["NONE", "BACKWARD", "BACKWARD_TRANSITIVE"]);
    assert_eq!(accepted(&[one], &more_with_default).len(), 7);
}

#[test]
fn transitive_levels_look_at_all_versions() {
    let one = record(&json!([int("a")]));
    let two = record(&json!([int("a"), optional("b")]));
    let three = record(&json!([int("a"), int("b")]));
    let takes = accepted(&[one, two], &three);
    assert_eq!(
        takes,
        ["NONE", "BACKWARD", "FORWARD", "FORWARD_TRANSITIVE", "FULL"],
        "version 1 lacks b, which version 3 needs"
    );
}

#[test]
fn an_incompatible_schema_is_refused_with_reasons() {
    let bed = Bed::new();
    bed.send("POST /subjects/s/versions", &record(&json!([int("a")])));
    let next = body(&record(&json!([{ "name": "a", "type": "string" }])));
    assert_eq!(
        bed.fails("POST /subjects/s/versions", Some(&next)),
        (
            409,
            409,
            "Schema being registered is incompatible with an earlier schema for subject \"s\", \
             details: [{errorType:'TYPE_MISMATCH', description:'the new schema cannot read data of \
             version 1: field a: the writer has int, the reader string (path '/fields/0/type')', \
             additionalInfo:'reader type: STRING not compatible with writer type: INT'}, \
             {compatibility: 'BACKWARD'}]"
                .to_owned()
        )
    );
    assert_eq!(bed.call("GET /subjects/s/versions"), json!([1]));
}

#[test]
fn a_check_tells_the_reasons_when_asked() {
    let bed = Bed::new();
    let suit = |symbols: Value| {
        let suit = json!({ "type": "enum", "name": "Suit", "symbols": symbols });
        record(&json!([{ "name": "suit", "type": suit }]))
    };
    bed.send("POST /subjects/s/versions", &suit(json!(["A", "B"])));
    let check = "POST /compatibility/subjects/s/versions/latest";
    let next = suit(json!(["A"]));
    assert_eq!(bed.send(check, &next), json!({ "is_compatible": false }));
    let reason = "{errorType:'MISSING_ENUM_SYMBOLS', description:'the new schema cannot read data \
                  of version 1: field suit: the reader lacks the writer's symbols B, without a \
                  default (path '/fields/0/type/symbols')', additionalInfo:'[B]'}";
    let verdict = json!({ "is_compatible": false, "messages": [reason] });
    assert_eq!(bed.send(&format!("{check}?verbose=true"), &next), verdict);
    let all = "POST /compatibility/subjects/s/versions?verbose=true";
    assert_eq!(bed.send(all, &next), verdict);
    let same = suit(json!(["A", "B"]));
    assert_eq!(bed.send(check, &same), json!({ "is_compatible": true }));
    let new = "POST /compatibility/subjects/new/versions/latest";
    assert_eq!(bed.send(new, &same), json!({ "is_compatible": true }));
    let gone = bed.fails("POST /compatibility/subjects/s/versions/4", Some(&body(&same)));
    assert_eq!(gone.1, 40402);
}
