//! Bodies of requests.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::Problem;

/// What the JSON object in `body` says.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if body.trim_ascii().is_empty() {
        return Err(Problem::no_body());
    }
    let json: Value = serde_json::from_slice(body).map_err(Problem::bad_body)?;
    // An array would be taken for the values of an object's fields.
    if !json.is_object() {
        return Err(Problem::bad_body("it is no object"));
    }
    serde_json::from_value(json).map_err(Problem::bad_body)
}
