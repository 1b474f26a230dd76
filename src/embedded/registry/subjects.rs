//! `/subjects`: list, register, look up, delete.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};

use super::problem::{Answer, Json, Problem};
use super::query::{Deletion, Filter};
use super::schema_text::{Draft, Stored};
use super::store::{Shared, Store};
use super::{compatibility, mode, schema_text};

pub(super) async fn list(
    State(store): State<Shared>,
    Query(filter): Query<Filter>,
) -> Json<Vec<String>> {
    let store = store.lock();
    let subjects = store.subjects().filter(|(name, subject)| {
        name.starts_with(&filter.prefix) && !subject.is_empty(filter.deleted)
    });
    Json(subjects.map(|(name, _)| name.clone()).collect())
}

/// The contexts of all subjects: `:.night:dome` is the subject `dome` of the context `.night`.
pub(super) async fn contexts(State(store): State<Shared>) -> Json<Vec<String>> {
    let store = store.lock();
    let contexts =
        store.subjects().filter_map(|(name, _)| Some(name.strip_prefix(':')?.split_once(':')?.0));
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
    let known = match id {
        Some(id) => import(&store, id, &stored).map(|()| None)?,
        None => follows(&store, &subject, &stored, version)?,
    };
    let id = match known {
        Some(id) => id,
        None => store.register(&subject, stored, id, version)?,
    };
    Ok(Json(json!({ "id": id })))
}

/// Nothing where `schema` may have the id that it had elsewhere.
fn import(store: &Store, id: u32, schema: &Stored) -> Result<(), Problem> {
    match store.schema(id) {
        Ok(known) if known.identity() != schema.identity() => Err(Problem::not_permitted(format!(
            "Overwrite new schema with id {id} is not permitted."
        ))),
        _ => Ok(()),
    }
}

/// The id of `schema` where `subject` has it, or nothing where it may have it.
fn follows(
    store: &Store,
    subject: &str,
    schema: &Stored,
    version: Option<u32>,
) -> Result<Option<u32>, Problem> {
    let (same, versions) = (store.id(schema), store.versions(subject));
    if version.is_none() && versions.listed(false).any(|version| Some(version.id) == same) {
        return Ok(same);
    }
    let level = store.levels.of(Some(subject));
    let reasons = compatibility::objections(store, subject, level, &schema.schema)?;
    if !reasons.is_empty() {
        let what = "Schema being registered is incompatible with an earlier schema for subject";
        let details = reasons.join(", ");
        return Err(Problem::incompatible(format!(
            "{what} \"{subject}\", details: [{details}, {{compatibility: '{level}'}}]"
        )));
    }
    match version {
        Some(version) if version != versions.next() => {
            Err(Problem::bad_schema("Version is not one more than previous version"))
        }
        _ => Ok(None),
    }
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
    Query(Deletion { permanent }): Query<Deletion>,
) -> Answer<Vec<u32>> {
    let mut store = store.lock();
    let mut subject = store.subject(&name, true)?.clone();
    if !permanent && subject.is_empty(false) {
        return Err(Problem::subject_is_deleted(&name));
    }
    mode::may_change(&store, Some(&name))?;
    let numbers: Vec<u32> = subject.listed(permanent).map(|version| version.number).collect();
    let used = numbers.iter().find(|number| !store.users(&name, **number).is_empty());
    if let Some(number) = used {
        return Err(Problem::is_used(&name, *number));
    }
    match permanent {
        false => subject.hide(&numbers),
        true if subject.is_empty(false) => subject.remove(&numbers),
        true => return Err(Problem::subject_is_not_deleted(&name)),
    }
    store.delete(&name, subject)?;
    Ok(Json(numbers))
}
