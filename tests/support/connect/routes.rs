//! The paths of the double.
#![allow(clippy::unused_async, reason = "axum takes nothing else")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::plugins::{self, PLUGINS};
use super::problem::Problem;
use super::store::Store;

type Shared = Arc<Mutex<Store>>;
type Answer<T = Json<Value>> = Result<T, Problem>;

pub fn routes(store: Shared) -> Router {
    Router::new()
        .route(
            "/",
            get(async || {
                Json(json!({ "version": "4.1.1", "commit": "c0ffee",
            "kafka_cluster_id": "double" }))
            }),
        )
        .route("/connectors", get(list))
        .route("/connectors/{name}", get(info).delete(delete))
        .route("/connectors/{name}/config", get(config).put(set))
        .route("/connectors/{name}/status", get(status))
        .route("/connectors/{name}/pause", put(|s, p| steer(s, p, "PAUSED")))
        .route("/connectors/{name}/resume", put(|s, p| steer(s, p, "RUNNING")))
        .route("/connectors/{name}/stop", put(|s, p| steer(s, p, "STOPPED")))
        .route("/connectors/{name}/restart", post(touch))
        .route("/connectors/{name}/topics", get(topics))
        .route("/connectors/{name}/topics/reset", put(touch))
        .route("/connectors/{name}/offsets", get(offsets).patch(alter).delete(reset))
        .route("/connectors/{name}/tasks", get(tasks))
        .route("/connectors/{name}/tasks/{task}/status", get(task))
        .route("/connectors/{name}/tasks/{task}/restart", post(restart_task))
        .route("/connector-plugins", get(list_plugins))
        .route("/connector-plugins/{class}/config", get(definitions))
        .route("/connector-plugins/{class}/config/validate", put(validate))
        .route("/admin/loggers", get(loggers))
        .route("/admin/loggers/{name}", get(logger).put(set_logger))
        .fallback(async || Problem::new(404, "HTTP 404 Not Found"))
        .with_state(store)
}

fn lock(store: &Shared) -> MutexGuard<'_, Store> {
    store.lock().unwrap()
}

async fn list(State(store): State<Shared>, uri: axum::http::Uri) -> Json<Value> {
    let store = lock(&store);
    if uri.query().is_none() {
        return Json(json!(store.connectors.keys().collect::<Vec<_>>()));
    }
    let expanded = store.connectors.iter().map(|(name, connector)| {
        let status = connector.status(name, &store.worker);
        (name.clone(), json!({ "info": connector.info(name), "status": status }))
    });
    Json(expanded.collect::<serde_json::Map<_, _>>().into())
}

async fn info(State(store): State<Shared>, Path(name): Path<String>) -> Answer {
    Ok(Json(lock(&store).get(&name)?.info(&name)))
}

async fn delete(State(store): State<Shared>, Path(name): Path<String>) -> Answer<StatusCode> {
    let gone = lock(&store).connectors.remove(&name);
    gone.map(|_| StatusCode::NO_CONTENT).ok_or_else(|| Problem::no_connector(&name))
}

async fn config(State(store): State<Shared>, Path(name): Path<String>) -> Answer {
    Ok(Json(json!(lock(&store).get(&name)?.config)))
}

async fn set(
    State(store): State<Shared>,
    Path(name): Path<String>,
    Json(config): Json<BTreeMap<String, String>>,
) -> Answer<(StatusCode, Json<Value>)> {
    let mut store = lock(&store);
    let created = store.set(&name, config)?;
    let status = if created { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(store.get(&name)?.info(&name))))
}

async fn status(State(store): State<Shared>, Path(name): Path<String>) -> Answer {
    let mut store = lock(&store);
    let worker = store.worker.clone();
    Ok(Json(store.get(&name)?.status(&name, &worker)))
}

async fn steer(
    State(store): State<Shared>,
    Path(name): Path<String>,
    target: &'static str,
) -> Answer<StatusCode> {
    lock(&store).get(&name)?.target = target;
    Ok(StatusCode::ACCEPTED)
}

/// What is there and stays as it is.
async fn touch(State(store): State<Shared>, Path(name): Path<String>) -> Answer<StatusCode> {
    lock(&store).get(&name).map(|_| StatusCode::NO_CONTENT)
}

async fn topics(State(store): State<Shared>, Path(name): Path<String>) -> Answer {
    lock(&store).get(&name)?;
    Ok(Json(json!({ name: { "topics": [] } })))
}

async fn offsets(State(store): State<Shared>, Path(name): Path<String>) -> Answer {
    Ok(Json(lock(&store).get(&name)?.offsets_json()))
}

async fn alter(
    State(store): State<Shared>,
    Path(name): Path<String>,
    Json(body): Json<Value>,
) -> Answer {
    Ok(Json(lock(&store).get(&name)?.alter(&name, &body)?))
}

async fn reset(State(store): State<Shared>, Path(name): Path<String>) -> Answer {
    Ok(Json(lock(&store).get(&name)?.reset(&name)?))
}

async fn tasks(State(store): State<Shared>, Path(name): Path<String>) -> Answer {
    let mut store = lock(&store);
    let connector = store.get(&name)?;
    let task =
        |task| json!({ "id": { "connector": name, "task": task }, "config": connector.config });
    Ok(Json((0..connector.tasks()).map(task).collect::<Vec<_>>().into()))
}

async fn task(State(store): State<Shared>, Path((name, task)): Path<(String, usize)>) -> Answer {
    let mut store = lock(&store);
    let worker = store.worker.clone();
    let connector = store.get(&name)?;
    if task >= connector.tasks() {
        return Err(Problem::new(404, format!("No status found for task {name}-{task}")));
    }
    Ok(Json(connector.task(task, &worker)))
}

async fn restart_task(
    State(store): State<Shared>,
    Path((name, task)): Path<(String, usize)>,
) -> Answer<StatusCode> {
    if task >= lock(&store).get(&name)?.tasks() {
        return Err(Problem::new(404, format!("Unknown task: {name}-{task}")));
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn list_plugins() -> Json<Value> {
    Json(PLUGINS.iter().map(plugins::Plugin::json).collect::<Vec<_>>().into())
}

async fn definitions(Path(class): Path<String>) -> Answer {
    Ok(Json(plugins::find(&class)?.definitions().into()))
}

async fn validate(
    Path(class): Path<String>,
    Json(config): Json<BTreeMap<String, String>>,
) -> Answer {
    let faults = plugins::find(&class)?.faults(&config);
    let count = faults.len();
    let option = |(name, why): (String, String)| {
        json!({ "definition": { "name": name }, "value": { "name": name, "value": null,
            "recommended_values": [], "errors": [why], "visible": true } })
    };
    let options: Vec<Value> = faults.into_iter().map(option).collect();
    Ok(Json(json!({ "name": class, "error_count": count, "groups": [], "configs": options })))
}

fn logger_json(level: &str) -> Value {
    json!({ "level": level, "last_modified": null })
}

async fn loggers(State(store): State<Shared>) -> Json<Value> {
    let store = lock(&store);
    let all = store.loggers.iter().map(|(name, level)| (name.clone(), logger_json(level)));
    Json(all.collect::<serde_json::Map<_, _>>().into())
}

async fn logger(State(store): State<Shared>, Path(name): Path<String>) -> Answer {
    let store = lock(&store);
    let level = store.loggers.get(&name);
    let level = level.ok_or_else(|| Problem::new(404, format!("Logger {name} not found.")))?;
    Ok(Json(logger_json(level)))
}

async fn set_logger(
    State(store): State<Shared>,
    Path(name): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    Json(body): Json<Value>,
) -> Response {
    let level = body["level"].as_str().unwrap().to_owned();
    lock(&store).loggers.insert(name.clone(), level);
    match query.get("scope").map(String::as_str) {
        Some("cluster") => StatusCode::NO_CONTENT.into_response(),
        _ => Json(json!([name])).into_response(),
    }
}
