//! `/mode`: whether schemas may be registered.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem::{Answer, Json, Problem};
use super::query::{Force, Inherit};
use super::store::{Shared, Store};

/// What may be done with a subject.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mode {
    #[default]
    ReadWrite,
    ReadOnly,
    /// Schemas come with the ids and versions that they had elsewhere.
    Import,
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Mode::ReadWrite => "READWRITE",
            Mode::ReadOnly => "READONLY",
            Mode::Import => "IMPORT",
        }
    }

    fn from_word(word: &str) -> Option<Mode> {
        let all = [Mode::ReadWrite, Mode::ReadOnly, Mode::Import];
        all.into_iter().find(|mode| mode.word() == word)
    }
}

/// Nothing where `subject` may be changed.
pub(super) fn may_change(store: &Store, subject: &str) -> Result<(), Problem> {
    match store.mode_of(subject) {
        Mode::ReadOnly => {
            Err(Problem::not_permitted(format!("Subject {subject} is in read-only mode")))
        }
        Mode::ReadWrite | Mode::Import => Ok(()),
    }
}

/// Nothing where a schema may be registered under `subject`, with an id of its own or without.
pub(super) fn may_register(store: &Store, subject: &str, with_id: bool) -> Result<(), Problem> {
    may_change(store, subject)?;
    match (store.mode_of(subject), with_id) {
        (Mode::Import, false) => {
            Err(Problem::not_permitted(format!("Subject {subject} is in import mode")))
        }
        (Mode::ReadWrite, true) => {
            Err(Problem::not_permitted(format!("Subject {subject} is not in import mode")))
        }
        _ => Ok(()),
    }
}

pub(super) async fn show(State(store): State<Shared>) -> Json<Value> {
    shown(store.lock().mode)
}

pub(super) async fn set(
    State(store): State<Shared>,
    Query(Force { force }): Query<Force>,
    body: Bytes,
) -> Answer<Value> {
    let mode = read(&body)?;
    let mut store = store.lock();
    let empty = store.subjects.values().all(|subject| subject.listed(false).next().is_none());
    importable(mode, force || empty)?;
    store.mode = mode;
    Ok(shown(mode))
}

pub(super) async fn show_subject(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(Inherit { inherit }): Query<Inherit>,
) -> Answer<Value> {
    let store = store.lock();
    match store.modes.get(&subject) {
        Some(mode) => Ok(shown(*mode)),
        None if inherit => Ok(shown(store.mode)),
        None => Err(Problem::no_mode(&subject)),
    }
}

pub(super) async fn set_subject(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(Force { force }): Query<Force>,
    body: Bytes,
) -> Answer<Value> {
    let mode = read(&body)?;
    let mut store = store.lock();
    let empty = store.subject(&subject, false).is_err();
    importable(mode, force || empty)?;
    store.modes.insert(subject, mode);
    Ok(shown(mode))
}

pub(super) async fn reset_subject(
    State(store): State<Shared>,
    Path(subject): Path<String>,
) -> Answer<Value> {
    let removed = store.lock().modes.remove(&subject);
    removed.map(shown).ok_or_else(|| Problem::no_mode(&subject))
}

fn importable(mode: Mode, free: bool) -> Result<(), Problem> {
    if mode == Mode::Import && !free {
        return Err(Problem::not_permitted("Cannot import since found existing subjects"));
    }
    Ok(())
}

fn shown(mode: Mode) -> Json<Value> {
    Json(json!({ "mode": mode.word() }))
}

#[derive(Deserialize)]
struct Body {
    mode: String,
}

fn read(body: &[u8]) -> Result<Mode, Problem> {
    let body: Body = serde_json::from_slice(body).map_err(Problem::bad_body)?;
    Mode::from_word(&body.mode.to_uppercase()).ok_or_else(Problem::bad_mode)
}
