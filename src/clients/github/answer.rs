//! What GitHub answers where it does not give what was asked.

use jiff::Timestamp;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::Deserialize;

use super::error::GithubError;
use super::repository::Repository;

/// The body of an error.
#[derive(Deserialize, Default)]
struct Problem {
    #[serde(default)]
    message: String,
}

/// A request that was answered.
pub(super) struct Asked<'a> {
    /// What was attempted, on which server.
    pub attempt: String,
    pub repository: &'a Repository,
    pub reference: &'a str,
    /// Whether a token was sent.
    pub token: bool,
}

impl Asked<'_> {
    /// The error behind an answer.
    pub fn error(self, status: u16, headers: &HeaderMap, body: &str) -> GithubError {
        let problem: Problem = serde_json::from_str(body).unwrap_or_default();
        let message = problem.message;
        let Asked { attempt, repository, reference, token } = self;
        if matches!(status, 403 | 429) && is_limit(headers, &message) {
            return GithubError::Limited { attempt, reset: reset(headers), token };
        }
        let words = |otherwise: &str| match message.trim() {
            "" => otherwise.to_owned(),
            said => format!("GitHub says \"{said}\""),
        };
        match status {
            401 => {
                let message = words("the token is not accepted");
                GithubError::Denied { attempt, status, message }
            }
            403 | 451 => {
                let message = words("access is denied");
                GithubError::Denied { attempt, status, message }
            }
            // 422 is what a name gets that is none of an existing repository.
            404 | 422 if status == 422 || message.contains("No commit") => {
                GithubError::NoReference {
                    attempt,
                    repository: repository.to_string(),
                    reference: reference.to_owned(),
                }
            }
            404 => GithubError::NoRepository { attempt, repository: repository.to_string(), token },
            500.. => GithubError::Refused { attempt, status, message: words("GitHub fails") },
            _ => GithubError::Refused { attempt, status, message: words("GitHub refuses it") },
        }
    }
}

/// Requests beyond the hourly limit have no rest; those beyond another are told in words.
fn is_limit(headers: &HeaderMap, message: &str) -> bool {
    let rest = headers.get("x-ratelimit-remaining").and_then(|value| value.to_str().ok());
    rest == Some("0") || headers.contains_key(RETRY_AFTER) || message.contains("rate limit")
}

/// When a limit ends: seconds since 1970, or seconds from now.
fn reset(headers: &HeaderMap) -> Option<Timestamp> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<i64>().ok();
    let from_now = |seconds: i64| seconds.checked_add(Timestamp::now().as_second());
    let at = number("retry-after").and_then(from_now).or_else(|| number("x-ratelimit-reset"))?;
    Timestamp::from_second(at).ok()
}
