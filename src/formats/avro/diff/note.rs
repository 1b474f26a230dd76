//! The changes as a note to readers.

use serde_json::Value as Json;

use super::super::evolution::{Level, objections};
use super::super::schema::Schema;
use super::change::{Change, What};
use super::fields::DEFAULT;

/// A heading, and which changes stand under it.
type Section = (&'static str, fn(&What) -> bool);

/// The most values of an array that are all told.
const SHORT: usize = 8;

const SECTIONS: [Section; 6] = [
    ("Added", |what| *what == What::Added),
    ("Removed", |what| *what == What::Removed),
    ("Renamed", |what| *what == What::Renamed),
    ("Changed", |what| {
        *what == What::Retyped || attribute(what).is_some_and(|name| !is_words(name))
    }),
    ("Moved", |what| *what == What::Moved),
    ("Documentation", |what| attribute(what).is_some_and(is_words)),
];

/// `changes`, those from `old` to `new`, as text with a heading for each sort and a last line that
/// says which data can be read with which schema.
pub fn note(old: &Schema, new: &Schema, changes: &[Change]) -> String {
    if changes.is_empty() {
        return "No differences.".to_owned();
    }
    let mut lines = Vec::new();
    for (heading, belongs) in SECTIONS {
        let mut items = changes.iter().filter(|change| belongs(&change.what)).peekable();
        if items.peek().is_some() {
            lines.push(format!("{heading}:"));
            lines.extend(items.map(|change| format!("- {}", item(change))));
        }
    }
    lines.push(String::new());
    lines.push(reading(old, new));
    lines.join("\n")
}

fn item(change: &Change) -> String {
    let Change { path, what, .. } = change;
    let path = if path == "." { "the schema" } else { path };
    let (old, new) = (words(change.old.as_ref()), words(change.new.as_ref()));
    match what {
        What::Added => format!("{path}: {new}"),
        What::Removed => format!("{path}: {old}"),
        What::Renamed => format!("{path}: it was {old}"),
        What::Retyped => format!("{path}: {old} -> {new}"),
        What::Moved => format!("{path}: from place {old} to {new}"),
        What::Gained(name) => format!("{path}: {name} {}", value(change.new.as_ref())),
        What::Lost(name) => format!("{path}: no {name}, it was {}", value(change.old.as_ref())),
        What::Changed(name) => {
            let (old, new) = match (value(change.old.as_ref()), value(change.new.as_ref())) {
                // They differ in what is left out.
                (old, new) if old == new => {
                    (whole(change.old.as_ref()), whole(change.new.as_ref()))
                }
                short => short,
            };
            format!("{path}: {name} {old} -> {new}")
        }
    }
}

/// Which of the two reads data of the other.
fn reading(old: &Schema, new: &Schema) -> String {
    if old.canonical() == new.canonical() {
        return "Data is written alike: the canonical forms are equal.".to_owned();
    }
    let words = |level| {
        let all = objections(level, new, old).into_iter();
        all.map(|why| why.in_words("the old schema")).collect::<Vec<_>>()
    };
    let (backward, forward) = (words(Level::Backward), words(Level::Forward));
    match (backward.as_slice(), forward.as_slice()) {
        ([], []) => "Compatible in both directions (FULL).".to_owned(),
        ([], [why, ..]) => format!("Compatible BACKWARD only: {why}."),
        ([why, ..], []) => format!("Compatible FORWARD only: {why}."),
        ([why, ..], [other, ..]) => format!("Incompatible: {why}; {other}."),
    }
}

fn attribute(what: &What) -> Option<&str> {
    match what {
        What::Gained(name) | What::Lost(name) | What::Changed(name) => Some(name),
        _ => None,
    }
}

/// Whether the attribute `name` is there for readers only; Avro calls it `doc`, SAL otherwise.
fn is_words(name: &str) -> bool {
    matches!(name, "doc" | "description")
}

/// Text as it is, but a long default in it.
fn words(value: Option<&Json>) -> String {
    match value {
        Some(Json::String(text)) => match text.split_once(DEFAULT) {
            Some((kind, default)) => {
                let long = serde_json::from_str(default).ok().and_then(|json| shortened(&json));
                [kind, DEFAULT, long.as_deref().unwrap_or(default)].concat()
            }
            None => text.clone(),
        },
        other => self::value(other),
    }
}

/// Text in quotes; of a long array the start.
fn value(value: Option<&Json>) -> String {
    value.and_then(shortened).unwrap_or_else(|| whole(value))
}

fn whole(value: Option<&Json>) -> String {
    value.map(Json::to_string).unwrap_or_default()
}

/// A long array in short: `[0, 0, … 1656 values]`.
fn shortened(value: &Json) -> Option<String> {
    let all = value.as_array().filter(|all| all.len() > SHORT)?;
    let [first, second, ..] = all.as_slice() else { return None };
    Some(format!("[{first}, {second}, … {} values]", all.len()))
}
