//! Media types of requests.

use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

/// What the API takes; without a type, a body counts as bytes.
const KNOWN: [&str; 4] = [
    "application/vnd.schemaregistry.v1+json",
    "application/vnd.schemaregistry+json",
    "application/json",
    "application/octet-stream",
];

/// Refuses bodies of other types.
pub(super) async fn check(request: Request, next: Next) -> Response {
    let kind = request.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or_default());
    let kind = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    let known = kind.is_none_or(|kind| KNOWN.iter().any(|known| known.eq_ignore_ascii_case(kind)));
    if known { next.run(request).await } else { Problem::bad_media().into_response() }
}
