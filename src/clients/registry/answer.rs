//! What the registry answers, as HTTP carries it.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::RegistryError;
use super::reasons;
use crate::clients::exchange::Answer;

const CREDENTIALS: &str = "the registry asks for credentials";
const DENIED: &str = "the registry denies it";

/// The body of an error, as Confluent's API writes it.
#[derive(Deserialize)]
struct Problem {
    error_code: i64,
    #[serde(default)]
    message: String,
}

/// The body of `answer` as `T`, or the registry's error in words.
pub(super) fn read<T: DeserializeOwned>(
    answer: Answer,
    attempt: String,
) -> Result<T, RegistryError> {
    if (200..300).contains(&answer.status)
        && let Ok(value) = serde_json::from_str(&answer.body)
    {
        return Ok(value);
    }
    Err(error(answer, attempt))
}

fn error(answer: Answer, attempt: String) -> RegistryError {
    let Answer { status, body, .. } = answer;
    if let Ok(problem) = serde_json::from_str::<Problem>(&body) {
        let message = in_words(status, &problem);
        let code = Some(problem.error_code);
        return RegistryError::Refused { attempt, status, code, message };
    }
    let said = match status {
        401 => CREDENTIALS,
        403 => DENIED,
        429 => "the registry is asked too often",
        500.. => "the registry fails",
        _ => {
            let start = body.trim().chars().take(40).collect();
            return RegistryError::Strange { attempt, status, start };
        }
    };
    let message = format!("{said} (status {status})");
    RegistryError::Refused { attempt, status, code: None, message }
}

fn in_words(status: u16, problem: &Problem) -> String {
    tracing::debug!(status, problem.error_code, "the registry says: {}", problem.message);
    match (problem.error_code, reasons::without_class(problem.message.trim())) {
        (40401, _) => "no such subject".to_owned(),
        (40402, _) => "no such version".to_owned(),
        (40403, _) => "no such schema".to_owned(),
        // Of the embedded registry.
        (_, message) if status == 501 && !message.is_empty() => message.to_owned(),
        // Of servers that only repeat the status.
        (_, "" | "Unauthorized") if status == 401 => format!("{CREDENTIALS} (status 401)"),
        (_, "" | "Forbidden") if status == 403 => format!("{DENIED} (status 403)"),
        (code, "") => format!("the registry answers error {code} (status {status})"),
        (_, message) if status == 409 => reasons::conflict(message),
        (_, message) if status >= 500 => {
            format!("the registry fails: {message} (status {status})")
        }
        (_, message) => message.to_owned(),
    }
}
