//! How much the workers log.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::error::ConnectError;
use super::session::{Call, Connect};
use crate::clients::{Action, authorize};
use crate::nearest::nearest;

/// The levels of a logger, from the one that logs most.
pub const LEVELS: [&str; 7] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"];

/// A logger of the worker that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logger {
    /// Its name: a Java package or class, or `root`.
    pub name: String,
    /// Its level.
    pub level: String,
    /// When it was changed, in milliseconds since 1970; none where it never was.
    pub changed: Option<i64>,
}

#[derive(Deserialize)]
struct RawLogger {
    #[serde(default)]
    level: Option<String>,
    #[serde(default)]
    last_modified: Option<i64>,
}

impl Connect {
    /// The loggers that have a level of their own, sorted by name.
    pub fn loggers(&self) -> Result<Vec<Logger>, ConnectError> {
        let (attempt, answer) =
            self.send(&Call::new("list loggers of", Method::GET, &["admin", "loggers"]))?;
        let all: BTreeMap<String, RawLogger> = answer.read(&attempt)?;
        Ok(all.into_iter().map(|(name, raw)| raw.named(name)).collect())
    }

    /// The logger `name`, also one that takes its level from another.
    pub fn logger(&self, name: &str) -> Result<Logger, ConnectError> {
        let path = ["admin", "loggers", name];
        let (attempt, answer) =
            self.send(&Call::new(format!("read logger `{name}` of"), Method::GET, &path))?;
        match answer.read::<RawLogger>(&attempt) {
            Ok(raw) => Ok(raw.named(name.to_owned())),
            Err(ConnectError::Refused { attempt, status: 404, .. }) => {
                let known = self.loggers().unwrap_or_default();
                let near = nearest(name, known.iter().map(|logger| logger.name.as_str()));
                let remedy = near.map_or(
                    "list the loggers with: kafkaefd admin connectors loggers".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                Err(ConnectError::Absent { attempt, what: "logger".to_owned(), remedy })
            }
            Err(error) => Err(error),
        }
    }

    /// Sets the level of the logger `name` and of those below it, on all workers; or, where
    /// `on_one` is true, on the one that answers. It lasts until the worker restarts.
    ///
    /// Returns the loggers that changed, as far as Connect tells: it does for one worker.
    pub fn set_logger(
        &self,
        name: &str,
        level: &str,
        on_one: bool,
    ) -> Result<Vec<String>, ConnectError> {
        let level = level.to_uppercase();
        if !LEVELS.contains(&level.as_str()) {
            return Err(ConnectError::Given(format!(
                "`{level}` is no level of a logger; the levels are {}",
                LEVELS.join(", ")
            )));
        }
        authorize(&self.context, &Action::SetConnectLogger(name.to_owned()))?;
        let path = ["admin", "loggers", name];
        let call = Call::new(format!("set logger `{name}` of"), Method::PUT, &path)
            .with("scope", if on_one { "worker" } else { "cluster" })
            .body(json!({ "level": level }));
        let (attempt, answer) = self.send(&call)?;
        if answer.body.trim().is_empty() {
            return answer.done(&attempt).map(|()| Vec::new());
        }
        answer.read(&attempt)
    }
}

impl RawLogger {
    fn named(self, name: String) -> Logger {
        Logger { name, level: self.level.unwrap_or_default(), changed: self.last_modified }
    }
}
