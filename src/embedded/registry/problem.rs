//! Errors, with the numbers and words of Confluent's API.

use std::fmt::Display;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

use crate::embedded::storage::StorageError;

/// An error as the API answers it.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: u32,
    message: String,
}

/// What a handler returns.
pub(super) type Answer<T> = Result<Json<T>, Problem>;

/// A body in the media type of the API.
pub(super) struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let kind = [(CONTENT_TYPE, "application/vnd.schemaregistry.v1+json")];
        (kind, axum::Json(self.0).into_response().into_body()).into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error_code": self.code, "message": self.message }));
        (self.status, body).into_response()
    }
}

impl Problem {
    /// A problem whose number starts with its status, as all but the oldest do.
    fn new(code: u32, message: String) -> Problem {
        let status = if code < 1000 { code } else { code / 100 };
        let status = u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok());
        Problem { status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), code, message }
    }

    pub(super) fn no_page() -> Problem {
        Problem::new(404, "HTTP 404 Not Found".to_owned())
    }

    pub(super) fn no_method() -> Problem {
        Problem::new(405, "HTTP 405 Method Not Allowed".to_owned())
    }

    pub(super) fn bad_body(why: impl Display) -> Problem {
        Problem::new(400, format!("Unable to process JSON: {why}"))
    }

    pub(super) fn no_body() -> Problem {
        Problem::new(422, "The request has no body".to_owned())
    }

    pub(super) fn bad_media() -> Problem {
        Problem::new(415, "HTTP 415 Unsupported Media Type".to_owned())
    }

    pub(super) fn not_kept(why: StorageError) -> Problem {
        Problem::new(50001, format!("Error in the backend data store: {why}"))
    }

    /// Whether it is the schema of the request that is wrong.
    pub(super) fn is_of_schema(&self) -> bool {
        self.code == 42201
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn incompatible(message: String) -> Problem {
        Problem::new(409, message)
    }

    pub(super) fn no_subject(subject: &str) -> Problem {
        Problem::new(40401, format!("Subject '{subject}' not found."))
    }

    pub(super) fn no_version(version: impl Display) -> Problem {
        Problem::new(40402, format!("Version {version} not found."))
    }

    pub(super) fn no_schema() -> Problem {
        Problem::new(40403, "Schema not found".to_owned())
    }

    pub(super) fn no_id(id: impl Display) -> Problem {
        Problem::new(40403, format!("Schema {id} not found"))
    }

    pub(super) fn subject_is_deleted(subject: &str) -> Problem {
        let what = format!("Subject '{subject}' was soft deleted.");
        Problem::new(40404, format!("{what}Set permanent=true to delete permanently"))
    }

    pub(super) fn subject_is_not_deleted(subject: &str) -> Problem {
        let what = format!("Subject '{subject}' was not deleted first");
        Problem::new(40405, format!("{what} before being permanently deleted"))
    }

    pub(super) fn version_is_deleted(subject: &str, version: &str) -> Problem {
        let what = format!("Subject '{subject}' Version {version} was soft deleted.");
        Problem::new(40406, format!("{what}Set permanent=true to delete permanently"))
    }

    pub(super) fn version_is_not_deleted(subject: &str, version: u32) -> Problem {
        let what = format!("Subject '{subject}' Version {version} was not deleted first");
        Problem::new(40407, format!("{what} before being permanently deleted"))
    }

    pub(super) fn no_level(subject: &str) -> Problem {
        let what = "does not have subject-level compatibility configured";
        Problem::new(40408, format!("Subject '{subject}' {what}"))
    }

    pub(super) fn no_mode(subject: &str) -> Problem {
        let what = "does not have subject-level mode configured";
        Problem::new(40409, format!("Subject '{subject}' {what}"))
    }

    pub(super) fn bad_schema(why: impl Display) -> Problem {
        Problem::new(42201, format!("Invalid schema: {why}"))
    }

    pub(super) fn bad_version(version: &str) -> Problem {
        let allowed = "Allowed values are between [1, 2^31-1] and the string \"latest\"";
        let what = format!("The specified version '{version}' is not a valid version id.");
        Problem::new(42202, format!("{what} {allowed}"))
    }

    pub(super) fn bad_mode() -> Problem {
        let modes = "readonly, readwrite and import";
        Problem::new(42204, format!("Invalid mode. Valid values are {modes}"))
    }

    pub(super) fn not_permitted(why: impl Display) -> Problem {
        Problem::new(42205, why.to_string())
    }

    pub(super) fn is_used(subject: &str, version: u32) -> Problem {
        let what = "One or more references exist to the schema";
        Problem::new(42206, format!("{what} {{subject={subject},version={version}}}."))
    }

    /// What Confluent's registry can and this one cannot.
    pub(super) fn unsupported(why: String) -> Problem {
        Problem::new(501, why)
    }

    pub(super) fn bad_level() -> Problem {
        let levels = "none, backward, forward, full, backward_transitive, forward_transitive, and \
                      full_transitive";
        let what = "Invalid compatibility level. Valid values are";
        Problem::new(42203, format!("{what} {levels}"))
    }
}
