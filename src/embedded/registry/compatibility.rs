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
    let schema = schema_text::read(&store, &body)?.stored.schema;
    let reasons = objections(&store, &subject, store.level_of(&subject), &schema)?;
    Ok(verdict(detail, &reasons))
}

/// Against one version. A subject without versions takes anything as its `latest`.
pub(super) async fn one(
    State(store): State<Shared>,
    Path((subject, version)): Path<(String, String)>,
    Query(detail): Query<Detail>,
    body: Bytes,
) -> Answer<Value> {
    let store = store.lock();
    let schema = schema_text::read(&store, &body)?.stored.schema;
    let number = versions::number(&version)?;
    if number.is_none() && store.subject(&subject, false).is_err() {
        return Ok(verdict(detail, &[]));
    }
    let found = versions::find(&store, &subject, &version, false)?;
    let reasons = against(&store, found, store.level_of(&subject), &schema)?;
    Ok(verdict(detail, &reasons))
}

/// Why `schema` may not become the next version of `subject`; empty if it may.
pub(super) fn objections(
    store: &Store,
    subject: &str,
    level: Level,
    schema: &Schema,
) -> Result<Vec<String>, Problem> {
    let earlier = store.subjects.get(subject).into_iter().flat_map(|s| s.listed(false).rev());
    let count = if level.is_transitive() { usize::MAX } else { 1 };
    let mut reasons = Vec::new();
    for version in earlier.take(count) {
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

fn verdict(detail: Detail, reasons: &[String]) -> Json<Value> {
    let mut verdict = json!({ "is_compatible": reasons.is_empty() });
    if detail.verbose {
        verdict["messages"] = json!(reasons);
    }
    Json(verdict)
}
