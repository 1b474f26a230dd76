//! Errors as Connect writes them.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub struct Problem(u16, String);

impl Problem {
    pub fn new(status: u16, message: impl Into<String>) -> Problem {
        Problem(status, message.into())
    }

    pub fn no_connector(name: &str) -> Problem {
        Problem::new(404, format!("Connector {name} not found"))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0).unwrap();
        (status, Json(json!({ "error_code": self.0, "message": self.1 }))).into_response()
    }
}
