use serde_json::json;

use super::Bed;

fn level(word: &str) -> String {
    json!({ "compatibility": word }).to_string()
}

#[test]
fn levels_are_set_for_all_and_for_a_subject() {
    let bed = Bed::new();
    let shown = |word: &str| json!({ "compatibilityLevel": word });
    assert_eq!(bed.call("GET /config"), shown("BACKWARD"));
    let set = bed.raw("PUT /config", Some(&level("full_transitive")));
    assert_eq!(set, (200, json!({ "compatibility": "FULL_TRANSITIVE" })));
    assert_eq!(bed.call("GET /config"), shown("FULL_TRANSITIVE"));
    assert_eq!(bed.fails("GET /config/s", None).1, 40408);
    assert_eq!(bed.call("GET /config/s?defaultToGlobal=true"), shown("FULL_TRANSITIVE"));
    bed.raw("PUT /config/s", Some(&level("NONE")));
    assert_eq!(bed.call("GET /config/s"), shown("NONE"));
    assert_eq!(bed.call("DELETE /config/s"), shown("NONE"));
    assert_eq!(bed.fails("DELETE /config/s", None).1, 40401);
    assert_eq!(bed.call("DELETE /config"), shown("FULL_TRANSITIVE"), "what held before");
    assert_eq!(bed.call("GET /config"), shown("BACKWARD"));
}

#[test]
fn an_unknown_level_is_refused() {
    let bed = Bed::new();
    assert_eq!(
        bed.fails("PUT /config", Some(&level("SIDEWAYS"))),
        (
            422,
            42203,
            "Invalid compatibility level. Valid values are none, backward, forward, full, \
             backward_transitive, forward_transitive, and full_transitive"
                .to_owned()
        )
    );
}
