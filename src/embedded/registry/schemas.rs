//! `/schemas`: what is known by id.

use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::problem::{Answer, Json, Problem};
use super::store::{Shared, Store};

pub(super) async fn types() -> Json<[&'static str; 1]> {
    Json(["AVRO"])
}

pub(super) async fn show(State(store): State<Shared>, Path(id): Path<String>) -> Answer<Value> {
    let store = store.lock();
    Ok(Json(store.schema(number(&id)?)?.shown(json!({}))))
}

pub(super) async fn text(State(store): State<Shared>, Path(id): Path<String>) -> Answer<Value> {
    let store = store.lock();
    Ok(Json(store.schema(number(&id)?)?.schema.json().clone()))
}

pub(super) async fn subjects(
    State(store): State<Shared>,
    Path(id): Path<String>,
) -> Answer<Vec<String>> {
    let mut names: Vec<_> = uses(&store.lock(), &id)?.into_iter().map(|(name, _)| name).collect();
    names.dedup();
    Ok(Json(names))
}

pub(super) async fn versions(
    State(store): State<Shared>,
    Path(id): Path<String>,
) -> Answer<Vec<Value>> {
    let uses = uses(&store.lock(), &id)?.into_iter();
    Ok(Json(uses.map(|(name, number)| json!({ "subject": name, "version": number })).collect()))
}

/// The subjects and versions that hold the schema with this id.
fn uses(store: &Store, id: &str) -> Result<Vec<(String, u32)>, Problem> {
    let id = number(id)?;
    store.schema(id)?;
    let all = store.subjects().flat_map(|(name, subject)| {
        subject.listed(false).map(move |version| (name.clone(), *version))
    });
    Ok(all.filter(|(_, version)| version.id == id).map(|(n, v)| (n, v.number)).collect())
}

fn number(id: &str) -> Result<u32, Problem> {
    let number: i32 = id.parse().map_err(|_| Problem::no_page())?;
    u32::try_from(number).map_err(|_| Problem::no_id(number))
}
