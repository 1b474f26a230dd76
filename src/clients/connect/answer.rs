//! What Connect answers, as HTTP carries it.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::ConnectError;
use super::validation::Fault;

/// A status and a body.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
}

/// The body of an error, as Connect's API writes it.
#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "error_code")]
    _code: i64,
    #[serde(default)]
    message: Option<String>,
}

impl Answer {
    /// What Connect says where its workers are busy with each other; none for another answer.
    pub(super) fn rebalance(&self) -> Option<String> {
        match self.status {
            409 => Some(self.problem().unwrap_or_else(|| "status 409".to_owned())),
            // Some requests meet a rebalance that is about to start.
            500 => self.problem().filter(|message| message.contains("a rebalance is expected")),
            _ => None,
        }
    }

    /// The body as `T`, or Connect's error in words.
    pub(super) fn read<T: DeserializeOwned>(self, attempt: &str) -> Result<T, ConnectError> {
        if self.is_success()
            && let Ok(value) = serde_json::from_str(&self.body)
        {
            return Ok(value);
        }
        Err(self.error(attempt))
    }

    /// Nothing, whatever the body, or Connect's error in words.
    pub(super) fn done(self, attempt: &str) -> Result<(), ConnectError> {
        // A page of HTML with status 200 is no Connect that did what was asked.
        let empty_or_json = self.body.trim().is_empty()
            || serde_json::from_str::<serde_json::Value>(&self.body).is_ok();
        if self.is_success() && empty_or_json { Ok(()) } else { Err(self.error(attempt)) }
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    fn problem(&self) -> Option<String> {
        let problem: Problem = serde_json::from_str(&self.body).ok()?;
        Some(problem.message.unwrap_or_default())
    }

    fn error(self, attempt: &str) -> ConnectError {
        let (attempt, status) = (attempt.to_owned(), self.status);
        let Some(message) = self.problem() else { return self.foreign(attempt) };
        let message = message.trim();
        match status {
            // The words of the web server inside Connect, before Connect looked at the request.
            404 | 405 if message.starts_with("HTTP 40") => {
                ConnectError::Unknown { attempt, status }
            }
            400 if message.starts_with("Connector configuration is invalid") => {
                ConnectError::Invalid { attempt, faults: faults(message) }
            }
            500.. => {
                let message = format!("Kafka Connect fails: {message} (status {status})");
                ConnectError::Refused { attempt, status, message }
            }
            _ if message.is_empty() => {
                let message = format!("Kafka Connect answers with status {status}");
                ConnectError::Refused { attempt, status, message }
            }
            _ => ConnectError::Refused { attempt, status, message: message.to_owned() },
        }
    }

    /// The error where the body is not Connect's.
    fn foreign(self, attempt: String) -> ConnectError {
        let status = self.status;
        let said = match status {
            401 => "Kafka Connect asks for credentials",
            403 => "Kafka Connect denies it",
            429 => "Kafka Connect is asked too often",
            500.. => "Kafka Connect fails",
            _ => {
                let start = self.body.trim().chars().take(40).collect();
                return ConnectError::Strange { attempt, status, start };
            }
        };
        let message = format!("{said} (status {status})");
        ConnectError::Refused { attempt, status, message }
    }
}

/// The lines between the first, which counts them, and the last, which names an endpoint.
fn faults(message: &str) -> Vec<Fault> {
    let lines = message.lines().skip(1).map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("You can also find"));
    let faults: Vec<Fault> = lines.map(Fault::of_line).collect();
    if faults.is_empty() { vec![Fault::of_line(message)] } else { faults }
}
