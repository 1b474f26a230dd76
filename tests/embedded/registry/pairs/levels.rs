//! The seven levels of a registry, asked for each pair.

use serde_json::{Value, json};

use super::super::api::Api;
use super::Pair;

pub const LEVELS: [&str; 7] = [
    "NONE",
    "BACKWARD",
    "BACKWARD_TRANSITIVE",
    "FORWARD",
    "FORWARD_TRANSITIVE",
    "FULL",
    "FULL_TRANSITIVE",
];

/// Stands for reasons where a registry answers with an error.
const ERROR: &str = "error";

/// Where the registry at `api` lets through other pairs than `expected` (backward, forward) says.
/// Its subjects start with `prefix`, and are gone afterwards.
pub fn differences(
    api: &Api,
    prefix: &str,
    expected: impl Fn(&Pair) -> (&Vec<String>, &Vec<String>),
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, pair) in super::all().iter().enumerate() {
        let subject = format!("{prefix}-{number}");
        let (backward, forward) = expected(pair);
        let may = |level: &str| {
            (!level.starts_with("BACKWARD") || backward.is_empty())
                && (!level.starts_with("FORWARD") || forward.is_empty())
                && (!level.starts_with("FULL") || (backward.is_empty() && forward.is_empty()))
        };
        send(api, &format!("POST /subjects/{subject}/versions"), &pair.old);
        for level in LEVELS {
            // An error that the table names is as good as a no.
            let fails = [backward, forward].iter().any(|reasons| reasons.contains(&ERROR.into()));
            match takes(api, &subject, level, &pair.new) {
                Ok(takes) if takes == may(level) => {}
                Err(_) if fails && !may(level) => {}
                other => wrong.push(format!("{}, {level}: {other:?}", pair.case)),
            }
        }
        forget(api, &subject);
    }
    wrong
}

/// Whether `subject` takes `schema` at `level`; the answer, where it is none.
pub fn takes(api: &Api, subject: &str, level: &str, schema: &Value) -> Result<bool, Value> {
    set(api, subject, level);
    let check = format!("POST /compatibility/subjects/{subject}/versions?verbose=true");
    let body = json!({ "schema": schema.to_string() }).to_string();
    let (_, answer) = api.call(&check, Some(&body));
    answer["is_compatible"].as_bool().ok_or(answer)
}

pub fn set(api: &Api, subject: &str, level: &str) {
    let body = json!({ "compatibility": level }).to_string();
    let (status, answer) = api.call(&format!("PUT /config/{subject}"), Some(&body));
    assert_eq!(status, 200, "{answer}");
}

pub fn send(api: &Api, call: &str, schema: &Value) {
    let body = json!({ "schema": schema.to_string() }).to_string();
    let (status, answer) = api.call(call, Some(&body));
    assert_eq!(status, 200, "{call} {schema}: {answer}");
}

pub fn forget(api: &Api, subject: &str) {
    for step in ["", "?permanent=true"] {
        let (status, answer) = api.call(&format!("DELETE /subjects/{subject}{step}"), None);
        assert_eq!(status, 200, "{subject}: {answer}");
    }
}
