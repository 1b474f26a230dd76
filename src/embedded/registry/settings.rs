//! `/config` and `/mode`: what holds for all subjects or for one.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::body;
use super::problem::{Answer, Json, Problem};
use super::query::{Force, Inherit};
use super::store::{Scoped, Shared, Store};

/// A level or a mode.
pub(super) trait Setting:
    Copy + Default + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Where it is kept.
    const TABLE: &'static str;
    /// Its name in requests, and in answers to them.
    const FIELD: &'static str;
    /// Its name in other answers.
    const SHOWN: &'static str;

    fn word(self) -> &'static str;
    fn from_word(word: &str) -> Option<Self>;
    /// The word names none.
    fn unknown() -> Problem;
    /// The subject has none of its own.
    fn unset(subject: &str) -> Problem;
    fn settings(store: &Store) -> &Scoped<Self>;
    fn settings_mut(store: &mut Store) -> &mut Scoped<Self>;
    /// Nothing where it may be set, or taken away.
    fn may_set(
        store: &Store,
        subject: Option<&str>,
        value: Option<Self>,
        force: bool,
    ) -> Result<(), Problem>;
}

pub(super) async fn show<S: Setting>(State(store): State<Shared>) -> Json<Value> {
    shown(S::settings(&store.lock()).of(None))
}

pub(super) async fn set<S: Setting>(
    State(store): State<Shared>,
    Query(Force { force }): Query<Force>,
    body: Bytes,
) -> Answer<Value> {
    put::<S>(&store, None, force, &body)
}

/// Answers with what held before.
pub(super) async fn reset<S: Setting>(State(store): State<Shared>) -> Answer<Value> {
    let mut store = store.lock();
    let before = S::settings(&store).of(None);
    S::may_set(&store, None, None, false)?;
    store.set::<S>(None, None)?;
    Ok(shown(before))
}

pub(super) async fn show_subject<S: Setting>(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(Inherit { inherit }): Query<Inherit>,
) -> Answer<Value> {
    let store = store.lock();
    let settings = S::settings(&store);
    match settings.own(&subject) {
        Some(value) => Ok(shown(value)),
        None if inherit => Ok(shown(settings.of(None))),
        None => Err(S::unset(&subject)),
    }
}

pub(super) async fn set_subject<S: Setting>(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(Force { force }): Query<Force>,
    body: Bytes,
) -> Answer<Value> {
    put::<S>(&store, Some(&subject), force, &body)
}

/// Answers with what held before.
pub(super) async fn reset_subject<S: Setting>(
    State(store): State<Shared>,
    Path(subject): Path<String>,
) -> Answer<Value> {
    let mut store = store.lock();
    let before = S::settings(&store).own(&subject).ok_or_else(|| Problem::no_subject(&subject))?;
    S::may_set(&store, Some(&subject), None, false)?;
    store.set::<S>(Some(&subject), None)?;
    Ok(shown(before))
}

fn put<S: Setting>(
    store: &Shared,
    subject: Option<&str>,
    force: bool,
    body: &[u8],
) -> Answer<Value> {
    let body: Value = body::read(body)?;
    let word = body.get(S::FIELD).and_then(Value::as_str);
    let value = word.and_then(S::from_word).ok_or_else(S::unknown)?;
    let mut store = store.lock();
    S::may_set(&store, subject, Some(value), force)?;
    store.set(subject, Some(value))?;
    Ok(Json(json!({ S::FIELD: value.word() })))
}

fn shown<S: Setting>(value: S) -> Json<Value> {
    Json(json!({ S::SHOWN: value.word() }))
}
