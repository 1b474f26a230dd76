//! `/subjects`: list, register, look up, delete.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};

use super::problem::{Answer, Json, Problem};
use super::query::{Deletion, Filter};
use super::store::Shared;
use super::{compatibility, schema_text};

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

pub(super) async fn register(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    body: Bytes,
) -> Answer<Value> {
    let schema = schema_text::schema(&body)?;
    let mut store = store.lock();
    let same = store.id(&schema);
    let versions = || store.subjects.get(&subject).into_iter().flat_map(|s| s.listed(false));
    if let Some(version) = versions().find(|version| Some(version.id) == same) {
        return Ok(Json(json!({ "id": version.id })));
    }
    let level = store.level_of(&subject);
    let reasons = compatibility::objections(&store, &subject, level, &schema)?;
    if !reasons.is_empty() {
        let what = "Schema being registered is incompatible with an earlier schema for subject";
        let details = reasons.join(", ");
        return Err(Problem::incompatible(format!(
            "{what} \"{subject}\", details: [{details}, {{compatibility: '{level}'}}]"
        )));
    }
    let id = store.keep(schema);
    store.subjects.entry(subject).or_default().append(id);
    Ok(Json(json!({ "id": id })))
}

pub(super) async fn lookup(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(filter): Query<Filter>,
    body: Bytes,
) -> Answer<Value> {
    let schema = schema_text::schema(&body)?;
    let store = store.lock();
    let id = store.id(&schema);
    let mut versions = store.subject(&subject, filter.deleted)?.listed(filter.deleted);
    let found = versions.find(|version| Some(version.id) == id).ok_or_else(Problem::no_schema)?;
    let (version, id) = (found.number, found.id);
    let schema = schema_text::shown(store.schema(id)?);
    Ok(Json(json!({ "subject": subject, "version": version, "id": id, "schema": schema })))
}

pub(super) async fn delete(
    State(store): State<Shared>,
    Path(name): Path<String>,
    Query(deletion): Query<Deletion>,
) -> Answer<Vec<u32>> {
    let mut store = store.lock();
    store.subject(&name, true)?;
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
