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
/// Its subjects start with `prefix`, and are hidden afterwards.
pub fn differences(
    api: &Api,
    prefix: &str,
    expected: impl Fn(&Pair) -> (&Vec<String>, &Vec<String>),
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, pair) in super::all().iter().enumerate() {
        let (backward, forward) = expected(pair);
        let may = |level: &str| {
            (!level.starts_with("BACKWARD") || backward.is_empty())
                && (!level.starts_with("FORWARD") || forward.is_empty())
                && (!level.starts_with("FULL") || (backward.is_empty() && forward.is_empty()))
        };
        // An error that the table names is as good as a no.
        let fails = [backward, forward].iter().any(|reasons| reasons.contains(&ERROR.into()));
        let (old, new) = (marked(&pair.old, prefix), marked(&pair.new, prefix));
        let found = patiently(|attempt| {
            let subject = format!("{prefix}-{number}-{attempt}");
            send(api, &format!("POST /subjects/{subject}/versions"), &old)?;
            let verdicts = LEVELS.map(|level| match takes(api, &subject, level, &new) {
                Err(_) if fails => Ok(false),
                verdict => verdict,
            });
            forget(api, &subject);
            verdicts.into_iter().collect::<Result<Vec<_>, _>>()
        });
        for (level, found) in LEVELS.iter().zip(found) {
            if found != may(level) {
                wrong.push(format!("{}, {level}: {found}", pair.case));
            }
        }
    }
    wrong
}

/// Whether `subject` takes `schema` at `level`; the answer, where it is none.
fn takes(api: &Api, subject: &str, level: &str, schema: &Value) -> Result<bool, Value> {
    set(api, subject, level)?;
    let check = format!("POST /compatibility/subjects/{subject}/versions?verbose=true");
    let body = json!({ "schema": schema.to_string() }).to_string();
    let (_, answer) = api.call(&check, Some(&body));
    answer["is_compatible"].as_bool().ok_or(answer)
}

/// What `attempt` finds; it may try again where the registry fails: Apicurio clears away schemas
/// that nothing uses, at times those that another request is just registering.
pub fn patiently<T>(mut attempt: impl FnMut(usize) -> Result<T, Value>) -> T {
    const ATTEMPTS: usize = 5;
    let mut last = Value::Null;
    for number in 0..ATTEMPTS {
        match attempt(number) {
            Ok(found) => return found,
            Err(answer) => last = answer,
        }
    }
    panic!("the registry fails {ATTEMPTS} times: {last}");
}

/// `schema` with a mark of `owner`: registries share equal schemas over subjects, and what one test
/// deletes for good, another may just need.
pub fn marked(schema: &Value, owner: &str) -> Value {
    match schema {
        Value::Object(object) => {
            let mut object = object.clone();
            object.insert("test".to_owned(), json!(owner));
            Value::Object(object)
        }
        Value::Array(branches) => {
            let mut branches = branches.clone();
            if let Some(first) = branches.first_mut() {
                *first = marked(first, owner);
            }
            Value::Array(branches)
        }
        Value::String(word) => json!({ "type": word, "test": owner }),
        other => other.clone(),
    }
}

pub fn set(api: &Api, subject: &str, level: &str) -> Result<(), Value> {
    let body = json!({ "compatibility": level }).to_string();
    succeeds(api.call(&format!("PUT /config/{subject}"), Some(&body)))
}

pub fn send(api: &Api, call: &str, schema: &Value) -> Result<(), Value> {
    let body = json!({ "schema": schema.to_string() }).to_string();
    succeeds(api.call(call, Some(&body)))
}

/// Hides `subject`.
pub fn forget(api: &Api, subject: &str) {
    api.call(&format!("DELETE /subjects/{subject}"), None);
}

fn succeeds((status, answer): (u16, Value)) -> Result<(), Value> {
    if status == 200 { Ok(()) } else { Err(answer) }
}
