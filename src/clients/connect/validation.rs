//! What Connect thinks of a configuration before a connector gets it.

use std::fmt;

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::config::Config;
use super::error::ConnectError;
use super::session::{Call, Connect};

/// What is wrong with one option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The option; none where Connect does not say which.
    pub name: Option<String>,
    /// Why, as Connect says it.
    pub error: String,
}

/// What Connect thinks of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validation {
    /// The class that it is for.
    pub class: String,
    /// What is wrong with it; nothing where it is valid.
    pub faults: Vec<Fault>,
}

#[derive(Deserialize)]
struct RawValidation {
    name: String,
    #[serde(default)]
    configs: Vec<RawOption>,
}

#[derive(Deserialize)]
struct RawOption {
    value: RawValue,
}

#[derive(Deserialize)]
struct RawValue {
    name: String,
    #[serde(default)]
    errors: Vec<String>,
}

impl Fault {
    /// The fault in one line of Connect's message, which may name the option.
    pub(super) fn of_line(line: &str) -> Fault {
        Fault { name: None, error: line.to_owned() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Connect's own words mostly name the option already.
        match &self.name {
            Some(name) if !self.error.contains(name.as_str()) => {
                write!(f, "`{name}`: {}", self.error)
            }
            _ => f.write_str(&self.error),
        }
    }
}

impl Connect {
    /// What Connect thinks of `config`, which names its `connector.class`. Nothing is changed.
    pub fn validate(&self, config: &Config) -> Result<Validation, ConnectError> {
        self.validate_for("validate a configuration at", config)
    }

    /// An error that says what is wrong with `config`, if something is.
    pub(super) fn require_valid(&self, what: &str, config: &Config) -> Result<(), ConnectError> {
        let Validation { faults, .. } = self.validate_for(what, config)?;
        if faults.is_empty() {
            return Ok(());
        }
        Err(ConnectError::Invalid { attempt: format!("{what} {}", self.url()), faults })
    }

    fn validate_for(&self, what: &str, config: &Config) -> Result<Validation, ConnectError> {
        let Some(class) = config.get("connector.class") else {
            let fault = Fault {
                name: Some("connector.class".to_owned()),
                error: "it is missing, so that nobody knows what shall run".to_owned(),
            };
            return Ok(Validation { class: String::new(), faults: vec![fault] });
        };
        let path = ["connector-plugins", class, "config", "validate"];
        let (attempt, answer) =
            self.send(&Call::new(what, Method::PUT, &path).body(json!(config)))?;
        let raw: RawValidation =
            answer.read(&attempt).map_err(|error| self.no_plugin(class, error))?;
        let faults = raw.configs.into_iter().flat_map(|RawOption { value }| {
            let name = value.name;
            value.errors.into_iter().map(move |error| Fault { name: Some(name.clone()), error })
        });
        Ok(Validation { class: raw.name, faults: faults.collect() })
    }
}
