//! APIs and errors by the names that Kafka's protocol guide gives them.

use kafka_protocol::ResponseError;
use kafka_protocol::messages::ApiKey;

use super::FaultError;
use crate::embedded::broker::wire::versions;

/// The names of all APIs that are served.
pub fn apis() -> Vec<String> {
    versions::SERVED.iter().map(|(api, ..)| format!("{api:?}")).collect()
}

/// The API called `name`, as `Produce`.
pub fn api(name: &str) -> Result<ApiKey, FaultError> {
    let served = versions::SERVED.iter().map(|(api, ..)| *api);
    served
        .into_iter()
        .find(|api| format!("{api:?}") == name)
        .ok_or_else(|| FaultError::UnknownApi { name: name.to_owned(), served: apis() })
}

/// The error called `name`, as `NOT_LEADER_OR_FOLLOWER`.
pub fn error(name: &str) -> Result<ResponseError, FaultError> {
    errors().find(|error| upper(*error) == name).ok_or_else(|| FaultError::UnknownError {
        name: name.to_owned(),
        known: errors().map(upper).collect(),
    })
}

/// All errors that have a name.
fn errors() -> impl Iterator<Item = ResponseError> {
    let named = |error: &ResponseError| !matches!(error, ResponseError::Unknown(_));
    (-1..=i16::from(u8::MAX)).filter_map(ResponseError::try_from_code).filter(named)
}

/// `NotLeaderOrFollower` as `NOT_LEADER_OR_FOLLOWER`.
fn upper(error: ResponseError) -> String {
    let mut name = String::new();
    for letter in format!("{error:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}
