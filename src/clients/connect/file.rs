//! Configurations and offsets in files.

use std::io::{self, Read};
use std::path::Path;

use serde_json::Value as Json;

use super::config::{Config, config_of};
use super::error::ConnectError;
use super::offsets::Position;

/// The configuration in the JSON file `path` (`-` is standard input), and the name of its
/// connector where the file says one.
pub fn load_config(path: &str) -> Result<(Option<String>, Config), ConnectError> {
    let what = "the configuration";
    config_of(&json(what, path)?).map_err(|error| inside(what, path, &error))
}

/// The offsets in the JSON file `path` (`-` is standard input): `{"offsets": […]}` or the list.
pub fn load_offsets(path: &str) -> Result<Vec<Position>, ConnectError> {
    let what = "the offsets";
    positions(json(what, path)?).map_err(|error| inside(what, path, &error))
}

/// The offsets in `json`: `{"offsets": […]}` or the list. Each has `partition` and `offset`, or
/// for a sink `topic`, `partition` and `offset`, a text and two numbers.
pub fn positions(json: Json) -> Result<Vec<Position>, ConnectError> {
    let wrong = |why: String| ConnectError::Given(format!("cannot read the offsets: {why}"));
    let list = match json {
        Json::Object(mut object) => object.remove("offsets").unwrap_or_default(),
        list => list,
    };
    let Json::Array(list) = list else { return Err(wrong("they are no list".to_owned())) };
    list.into_iter()
        .enumerate()
        .map(|(index, entry)| Position::of(entry).map_err(|why| wrong(format!("{index}: {why}"))))
        .collect()
}

fn inside(what: &'static str, path: &str, error: &ConnectError) -> ConnectError {
    let text = error.to_string();
    let reason = text.split_once(": ").map_or(text.as_str(), |(_, reason)| reason).to_owned();
    ConnectError::File { what, path: path.into(), reason, missing: false }
}

fn json(what: &'static str, path: &str) -> Result<Json, ConnectError> {
    let unreadable = |reason: String, missing| ConnectError::File {
        what,
        path: Path::new(path).to_owned(),
        reason,
        missing,
    };
    let text = if path == "-" { stdin() } else { std::fs::read_to_string(path) };
    let text = text.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => unreadable("there is no such file".to_owned(), true),
        _ => unreadable(error.to_string(), false),
    })?;
    serde_json::from_str(&text)
        .map_err(|error| unreadable(format!("it is no JSON: {error}"), false))
}

fn stdin() -> io::Result<String> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}
