//! Which handler answers what.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::problem::{Json, Problem};
use super::store::Shared;
use super::{compatibility, config, mode, schemas, subjects, versions};

/// Schemas of a whole subsystem fit well below this.
const BODY_BYTES: usize = 16 << 20;

/// All paths of the API, over an empty store.
pub(super) fn all() -> Router {
    Router::new()
        .route("/", get(async || Json(serde_json::json!({}))))
        .route("/subjects", get(subjects::list))
        .route("/subjects/{subject}", post(subjects::lookup).delete(subjects::delete))
        .route("/subjects/{subject}/versions", get(versions::list).post(subjects::register))
        .route(
            "/subjects/{subject}/versions/{version}",
            get(versions::show).delete(versions::delete),
        )
        .route("/subjects/{subject}/versions/{version}/schema", get(versions::text))
        .route("/subjects/{subject}/versions/{version}/referencedby", get(versions::users))
        .route("/schemas/types", get(schemas::types))
        .route("/schemas/ids/{id}", get(schemas::show))
        .route("/schemas/ids/{id}/schema", get(schemas::text))
        .route("/schemas/ids/{id}/subjects", get(schemas::subjects))
        .route("/schemas/ids/{id}/versions", get(schemas::versions))
        .route("/compatibility/subjects/{subject}/versions", post(compatibility::all))
        .route("/compatibility/subjects/{subject}/versions/{version}", post(compatibility::one))
        .route("/config", get(config::show).put(config::set).delete(config::reset))
        .route(
            "/config/{subject}",
            get(config::show_subject).put(config::set_subject).delete(config::reset_subject),
        )
        .route("/mode", get(mode::show).put(mode::set))
        .route(
            "/mode/{subject}",
            get(mode::show_subject).put(mode::set_subject).delete(mode::reset_subject),
        )
        .route("/contexts", get(subjects::contexts))
        .fallback(async || Problem::no_page())
        .method_not_allowed_fallback(async || Problem::no_method())
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .with_state(Shared::default())
}
