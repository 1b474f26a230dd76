//! Which handler answers what.

use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};
use axum::{Router, middleware};

use super::mode::Mode;
use super::problem::{Json, Problem};
use super::settings::Setting;
use super::store::Shared;
use super::{compatibility, media, schemas, settings, subjects, versions};
use crate::formats::avro::evolution::Level;

/// Schemas of a whole subsystem fit well below this.
const BODY_BYTES: usize = 16 << 20;

/// All paths of the API, over `store`.
pub(super) fn over(store: Shared) -> Router {
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
        .route("/config", all::<Level>().delete(settings::reset::<Level>))
        .route("/config/{subject}", own::<Level>())
        .route("/mode", all::<Mode>())
        .route("/mode/{subject}", own::<Mode>())
        .route("/contexts", get(subjects::contexts))
        .fallback(async || Problem::no_page())
        .method_not_allowed_fallback(async || Problem::no_method())
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(middleware::from_fn(media::check))
        .with_state(store)
}

fn all<S: Setting>() -> MethodRouter<Shared> {
    get(settings::show::<S>).put(settings::set::<S>)
}

fn own<S: Setting>() -> MethodRouter<Shared> {
    get(settings::show_subject::<S>)
        .put(settings::set_subject::<S>)
        .delete(settings::reset_subject::<S>)
}
