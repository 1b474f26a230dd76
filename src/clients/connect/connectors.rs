//! Connectors: which there are, what they are, and setting and deleting them.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::change::{Outcome, changes};
use super::config::{Config, without_nulls};
use super::error::ConnectError;
use super::session::{Call, Connect};
use super::state::Status;
use crate::clients::{Action, authorize};
use crate::nearest::nearest;

/// What a connector is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Info {
    /// Its name.
    pub name: String,
    /// `source` or `sink`; none while Connect cannot tell.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// Its configuration.
    #[serde(deserialize_with = "without_nulls")]
    pub config: Config,
    /// Its tasks.
    #[serde(default)]
    pub tasks: Vec<Part>,
}

/// A task as [`Info`] lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Part {
    /// Its number, from 0 up.
    pub task: u32,
}

/// A connector in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its name.
    pub name: String,
    /// What it is; none where it changed while the list was made.
    pub info: Option<Info>,
    /// How it is; none where it has not started, or changed while the list was made.
    pub status: Option<Status>,
}

#[derive(Deserialize)]
struct Expanded {
    #[serde(default)]
    info: Option<Info>,
    #[serde(default)]
    status: Option<Status>,
}

impl Connect {
    /// The names of all connectors, sorted.
    pub fn names(&self) -> Result<Vec<String>, ConnectError> {
        let call = Call::new("list connectors of", Method::GET, &["connectors"]);
        let (attempt, answer) = self.send(&call)?;
        let mut names: Vec<String> = answer.read(&attempt)?;
        names.sort();
        Ok(names)
    }

    /// All connectors with what and how they are, sorted by name.
    pub fn connectors(&self) -> Result<Vec<Summary>, ConnectError> {
        let call = Call::new("list connectors of", Method::GET, &["connectors"])
            .with("expand", "info")
            .with("expand", "status");
        let (attempt, answer) = self.send(&call)?;
        let all: BTreeMap<String, Expanded> = answer.read(&attempt)?;
        let summary = |(name, Expanded { info, status })| Summary { name, info, status };
        let mut all: Vec<Summary> = all.into_iter().map(summary).collect();
        // Connect leaves out those that have not started.
        for name in self.names()? {
            if let Err(at) = all.binary_search_by(|summary| summary.name.cmp(&name)) {
                let info = self.info(&name).ok();
                all.insert(at, Summary { name, info, status: None });
            }
        }
        Ok(all)
    }

    /// What the connector `name` is.
    pub fn info(&self, name: &str) -> Result<Info, ConnectError> {
        let path = ["connectors", name];
        self.about(name, &Call::new(format!("read connector `{name}` of"), Method::GET, &path))
    }

    /// The configuration of the connector `name`, with its secrets.
    pub fn config(&self, name: &str) -> Result<Config, ConnectError> {
        let what = format!("read the configuration of connector `{name}` at");
        let path = ["connectors", name, "config"];
        let config: BTreeMap<String, Option<String>> =
            self.about(name, &Call::new(what, Method::GET, &path))?;
        Ok(config.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
    }

    /// Gives the connector `name` exactly this configuration; one that is not there is created.
    /// Connect checks it first, and where it is the same already, nothing is sent.
    ///
    /// With `dry_run` nothing is changed, and the outcome is what would be.
    pub fn set_connector(
        &self,
        name: &str,
        config: &Config,
        dry_run: bool,
    ) -> Result<Outcome, ConnectError> {
        let mut config = config.clone();
        config.insert("name".to_owned(), name.to_owned());
        let current = match self.config(name) {
            Ok(current) => Some(current),
            Err(ConnectError::Absent { .. }) => None,
            Err(error) => return Err(error),
        };
        let created = current.is_none();
        let changes = changes(&current.unwrap_or_default(), &config);
        if changes.is_empty() {
            return Ok(Outcome { created, changes });
        }
        let what = if created { "create" } else { "update" };
        let what = format!("{what} connector `{name}` at");
        self.require_valid(&what, &config)?;
        if !dry_run {
            authorize(&self.context, &Action::SetConnector(name.to_owned()))?;
            let path = ["connectors", name, "config"];
            let call = Call::new(what, Method::PUT, &path).body(json!(config));
            let (attempt, answer) = self.send(&call)?;
            answer.done(&attempt)?;
        }
        Ok(Outcome { created, changes })
    }

    /// Deletes the connector `name`; its topics and offsets stay.
    pub fn delete(&self, name: &str) -> Result<(), ConnectError> {
        authorize(&self.context, &Action::DeleteConnector(name.to_owned()))?;
        let path = ["connectors", name];
        let call = Call::new(format!("delete connector `{name}` at"), Method::DELETE, &path);
        self.tell(name, &call)
    }

    /// Sends `call` about the connector `name` and reads the answer.
    pub(super) fn about<T: DeserializeOwned>(
        &self,
        name: &str,
        call: &Call<'_>,
    ) -> Result<T, ConnectError> {
        let (attempt, answer) = self.send(call)?;
        answer.read(&attempt).map_err(|error| self.missing(name, error))
    }

    /// Sends `call` about the connector `name`, whose answer says nothing.
    pub(super) fn tell(&self, name: &str, call: &Call<'_>) -> Result<(), ConnectError> {
        let (attempt, answer) = self.send(call)?;
        answer.done(&attempt).map_err(|error| self.missing(name, error))
    }

    /// `error`, or that there is no connector `name` where that is what it means.
    pub(super) fn missing(&self, name: &str, error: ConnectError) -> ConnectError {
        let ConnectError::Refused { attempt, status: 404, message } = error else { return error };
        let known = self.names().unwrap_or_default();
        if known.iter().any(|known| known == name) {
            return ConnectError::Refused { attempt, status: 404, message };
        }
        let remedy = nearest(name, known.iter().map(String::as_str)).map_or(
            "list the connectors with: kafkaefd admin connectors list".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        ConnectError::Absent { attempt, what: "connector".to_owned(), remedy }
    }
}
