//! `/compatibility`: may a schema follow what a subject holds?

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};

use super::problem::{Answer, Json, Problem};
use super::query::Detail;
use super::store::{Shared, Store, Version};
use super::{schema_text, versions};
use crate::formats::avro::Schema;
use crate::formats::avro::evolution::{self, Level, Objection};

/// Against the last version, or all where the level asks for it.
pub(super) async fn all(
    State(store): State<Shared>,
    Path(subject): Path<String>,
    Query(detail): Query<Detail>,
    body: Bytes,
) -> Answer<Value> {
    let store = store.lock();
    judged(detail, &store, &body, |schema| {
        objections(&store, &subject, store.levels.of(Some(&subject)), schema)
    })
}

/// Against one version. A subject without versions takes anything as its `latest`.
pub(super) async fn one(
    State(store): State<Shared>,
    Path((subject, version)): Path<(String, String)>,
    Query(detail): Query<Detail>,
    body: Bytes,
) -> Answer<Value> {
    let store = store.lock();
    let number = versions::number(&version)?;
    let versions = store.versions(&subject);
    let mut listed = versions.listed(false);
    let found = match number {
        None => listed.next_back(),
        Some(number) => {
            let found = listed.find(|version| version.number == number);
            Some(found.ok_or_else(|| Problem::no_version(number))?)
        }
    };
    judged(detail, &store, &body, |schema| match found {
        Some(found) => against(&store, *found, store.levels.of(Some(&subject)), schema),
        None => Ok(Vec::new()),
    })
}

/// What `check` says of the schema in `body`. One that is invalid is incompatible where reasons are
/// asked for.
fn judged(
    Detail { verbose }: Detail,
    store: &Store,
    body: &[u8],
    check: impl FnOnce(&Schema) -> Result<Vec<String>, Problem>,
) -> Answer<Value> {
    let reasons = match schema_text::read(store, body) {
        Ok(draft) => check(&draft.stored.schema)?,
        Err(problem) if verbose && problem.is_of_schema() => vec![problem.message().to_owned()],
        Err(problem) => return Err(problem),
    };
    let mut verdict = json!({ "is_compatible": reasons.is_empty() });
    if verbose {
        verdict["messages"] = json!(reasons);
    }
    Ok(Json(verdict))
}

/// Why `schema` may not become the next version of `subject`; empty if it may.
pub(super) fn objections(
    store: &Store,
    subject: &str,
    level: Level,
    schema: &Schema,
) -> Result<Vec<String>, Problem> {
    let count = if level.is_transitive() { usize::MAX } else { 1 };
    let mut reasons = Vec::new();
    for version in store.versions(subject).listed(false).rev().take(count) {
        reasons.extend(against(store, *version, level, schema)?);
    }
    Ok(reasons)
}

fn against(
    store: &Store,
    version: Version,
    level: Level,
    schema: &Schema,
) -> Result<Vec<String>, Problem> {
    let old = &store.schema(version.id)?.schema;
    let name = format!("version {}", version.number);
    Ok(evolution::objections(level, schema, old).iter().map(|why| reason(why, &name)).collect())
}

/// A reason in the form of Confluent's registry, of which programs read the type.
fn reason(why: &Objection, name: &str) -> String {
    let Objection { kind, path, detail, .. } = why;
    let words = why.in_words(name);
    let place = if path == "/" { String::new() } else { format!(" (path '{path}')") };
    format!("{{errorType:'{kind}', description:'{words}{place}', additionalInfo:'{detail}'}}")
}
