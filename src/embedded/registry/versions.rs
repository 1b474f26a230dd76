//! `/subjects/{subject}/versions`: list, show, delete.

use axum::extract::{Path, Query, State};
use serde_json::{Value, json};

use super::mode;
use super::problem::{Answer, Json, Problem};
use super::query::{Deletion, Filter};
use super::store::{Shared, Store, Version};

pub(super) async fn list(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(filter): Query<Filter>,
) -> Answer<Vec<u32>> {
    let store = store.lock();
    let versions = store.subject(&subject, filter.deleted)?.listed(filter.deleted);
    Ok(Json(versions.map(|version| version.number).collect()))
}

pub(super) async fn show(
    State(store): State<Shared>,
    Path((subject, version)): Path<(String, String)>,
    Query(filter): Query<Filter>,
) -> Answer<Value> {
    let store = store.lock();
    let Version { number, id, .. } = find(&store, &subject, &version, filter.deleted)?;
    let place = json!({ "subject": subject, "version": number, "id": id });
    Ok(Json(store.schema(id)?.shown(place)))
}

pub(super) async fn text(
    State(store): State<Shared>,
    Path((subject, version)): Path<(String, String)>,
    Query(filter): Query<Filter>,
) -> Answer<Value> {
    let store = store.lock();
    let version = find(&store, &subject, &version, filter.deleted)?;
    Ok(Json(store.schema(version.id)?.schema.json().clone()))
}

/// The ids of the schemas that use a version.
pub(super) async fn users(
    State(store): State<Shared>,
    Path((subject, version)): Path<(String, String)>,
) -> Answer<Vec<u32>> {
    let store = store.lock();
    let version = find(&store, &subject, &version, true)?;
    Ok(Json(store.users(&subject, version.number)))
}

pub(super) async fn delete(
    State(store): State<Shared>,
    Path((name, version)): Path<(String, String)>,
    Query(Deletion { permanent }): Query<Deletion>,
) -> Answer<u32> {
    let mut store = store.lock();
    let Version { number, deleted, .. } = find(&store, &name, &version, true)?;
    if !permanent && deleted {
        return Err(Problem::version_is_deleted(&name, &version));
    }
    mode::may_change(&store, Some(&name))?;
    if !store.users(&name, number).is_empty() {
        return Err(Problem::is_used(&name, number));
    }
    let mut subject = store.versions(&name);
    match permanent {
        false => subject.hide(&[number]),
        true if deleted => subject.remove(&[number]),
        true => return Err(Problem::version_is_not_deleted(&name, number)),
    }
    store.delete(&name, subject)?;
    Ok(Json(number))
}

/// The version that `word` names: a number from 1 up, or `latest`.
pub(super) fn find(
    store: &Store,
    subject: &str,
    word: &str,
    deleted: bool,
) -> Result<Version, Problem> {
    let number = number(word)?;
    let mut versions = store.subject(subject, deleted)?.listed(deleted);
    let found = match number {
        None => versions.next_back(),
        Some(number) => versions.find(|version| version.number == number),
    };
    found.copied().ok_or_else(|| Problem::no_version(word))
}

/// The number in `word`, or none for `latest`; -1 means the same.
pub(super) fn number(word: &str) -> Result<Option<u32>, Problem> {
    match word {
        "latest" | "-1" => Ok(None),
        _ => match word.parse::<i32>() {
            Ok(number @ 1..) => Ok(Some(number.unsigned_abs())),
            _ => Err(Problem::bad_version(word)),
        },
    }
}
