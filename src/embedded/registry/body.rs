//! Bodies of requests.

use serde::de::DeserializeOwned;

use super::problem::Problem;

/// What the JSON in `body` says.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if body.trim_ascii().is_empty() {
        return Err(Problem::no_body());
    }
    serde_json::from_slice(body).map_err(Problem::bad_body)
}
