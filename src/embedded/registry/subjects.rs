//! `/subjects`: list, register, look up, delete.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};

use super::problem::{Answer, Json, Problem};
use super::query::{Deletion, Filter};
use super::schema_text::Draft;
use super::store::Shared;
use super::{compatibility, mode, schema_text};

pub(super) async fn list(
    State(store): State<Shared>,
    Query(filter): Query<Filter>,
) -> Json<Vec<String>> {
    let store = store.lock();
    let subjects = store.subjects.iter().filter(|(name, subject)| {
        name.starts_with(&filter.prefix) && subject.listed(filter.deleted).next().is_some()
    });
    Json(subjects.map(|(name, _)| name.clone()).collect())
}

/// The contexts of all subjects: `:.night:dome` is the subject `dome` of the context `.night`.
pub(super) async fn contexts(State(store): State<Shared>) -> Json<Vec<String>> {
    let store = store.lock();
    let held = store.subjects.iter().filter(|(_, subject)| subject.listed(true).next().is_some());
    let contexts = held.filter_map(|(name, _)| Some(name.strip_prefix(':')?.split_once(':')?.0));
    let all: BTreeSet<&str> = std::iter::once(".").chain(contexts).collect();
    Json(all.into_iter().map(str::to_owned).collect())
}

pub(super) async fn register(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    body: Bytes,
) -> Answer<Value> {
    let mut store = store.lock();
    let Draft { stored, id, version } = schema_text::read(&store, &body)?;
    mode::may_register(&store, &subject, id.is_some())?;
    if let Some(id) = id {
        store.import(id, stored)?;
        store.subjects.entry(subject).or_default().append(id, version);
        return Ok(Json(json!({ "id": id })));
    }
    let same = store.id(&stored);
    let versions = || store.subjects.get(&subject).into_iter().flat_map(|s| s.listed(false));
    if let Some(version) = versions().find(|version| Some(version.id) == same) {
        return Ok(Json(json!({ "id": version.id })));
    }
    let level = store.level_of(&subject);
    let reasons = compatibility::objections(&store, &subject, level, &stored.schema)?;
    if !reasons.is_empty() {
        let what = "Schema being registered is incompatible with an earlier schema for subject";
        let details = reasons.join(", ");
        return Err(Problem::incompatible(format!(
            "{what} \"{subject}\", details: [{details}, {{compatibility: '{level}'}}]"
        )));
    }
    let id = store.keep(stored);
    store.subjects.entry(subject).or_default().append(id, None);
    Ok(Json(json!({ "id": id })))
}

pub(super) async fn lookup(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(filter): Query<Filter>,
    body: Bytes,
) -> Answer<Value> {
    let store = store.lock();
    let id = store.id(&schema_text::read(&store, &body)?.stored);
    let mut versions = store.subject(&subject, filter.deleted)?.listed(filter.deleted);
    let found = versions.find(|version| Some(version.id) == id).ok_or_else(Problem::no_schema)?;
    let place = json!({ "subject": subject, "version": found.number, "id": found.id });
    Ok(Json(store.schema(found.id)?.shown(place)))
}

pub(super) async fn delete(
    State(store): State<Shared>,
    Path(name): Path<String>,
    Query(deletion): Query<Deletion>,
) -> Answer<Vec<u32>> {
    let mut store = store.lock();
    let numbers: Vec<u32> = store.subject(&name, true)?.listed(true).map(|v| v.number).collect();
    mode::may_change(&store, &name)?;
    if let Some(number) = numbers.into_iter().find(|number| !store.users(&name, *number).is_empty())
    {
        return Err(Problem::is_used(&name, number));
    }
    let Some(subject) = store.subjects.get_mut(&name) else {
        return Err(Problem::no_subject(&name));
    };
    let hidden = subject.listed(false).next().is_none();
    let numbers = match (deletion.permanent, hidden) {
        (false, true) => return Err(Problem::subject_is_deleted(&name)),
        (true, false) => return Err(Problem::subject_is_not_deleted(&name)),
        (false, false) => {
            let numbers = subject.listed(false).map(|version| version.number).collect();
            subject.versions.iter_mut().for_each(|version| version.deleted = true);
            numbers
        }
        (true, true) => subject.versions.drain(..).map(|version| version.number).collect(),
    };
    store.levels.remove(&name);
    Ok(Json(numbers))
}
