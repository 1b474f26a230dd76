//! `/config`: compatibility levels.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem::{Answer, Json, Problem};
use super::query::Inherit;
use super::store::Shared;
use crate::formats::avro::evolution::Level;

pub(super) async fn show(State(store): State<Shared>) -> Json<Value> {
    shown(store.lock().global_level())
}

pub(super) async fn set(State(store): State<Shared>, body: Bytes) -> Answer<Value> {
    let level = read(&body)?;
    store.lock().level = Some(level);
    Ok(Json(json!({ "compatibility": level.word() })))
}

pub(super) async fn reset(State(store): State<Shared>) -> Json<Value> {
    let mut store = store.lock();
    store.level = None;
    shown(store.global_level())
}

pub(super) async fn show_subject(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(Inherit { inherit }): Query<Inherit>,
) -> Answer<Value> {
    let store = store.lock();
    match store.levels.get(&subject) {
        Some(level) => Ok(shown(*level)),
        None if inherit => Ok(shown(store.global_level())),
        None => Err(Problem::no_level(&subject)),
    }
}

pub(super) async fn set_subject(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    body: Bytes,
) -> Answer<Value> {
    let level = read(&body)?;
    store.lock().levels.insert(subject, level);
    Ok(Json(json!({ "compatibility": level.word() })))
}

pub(super) async fn reset_subject(
    State(store): State<Shared>,
    Path(subject): Path<String>,
) -> Answer<Value> {
    let removed = store.lock().levels.remove(&subject);
    removed.map(shown).ok_or_else(|| Problem::no_level(&subject))
}

fn shown(level: Level) -> Json<Value> {
    Json(json!({ "compatibilityLevel": level.word() }))
}

#[derive(Deserialize)]
struct Body {
    compatibility: String,
}

fn read(body: &[u8]) -> Result<Level, Problem> {
    let body: Body = serde_json::from_slice(body).map_err(Problem::bad_body)?;
    Level::from_word(&body.compatibility).ok_or_else(Problem::bad_level)
}
