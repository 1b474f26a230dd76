//! Which topics a connector used since it was created, or since that was reset.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::Deserialize;

use super::error::ConnectError;
use super::session::{Call, Connect};
use crate::clients::{Action, authorize};

#[derive(Deserialize)]
struct Topics {
    topics: Vec<String>,
}

impl Connect {
    /// The topics that the connector `name` used, sorted.
    pub fn topics(&self, name: &str) -> Result<Vec<String>, ConnectError> {
        let path = ["connectors", name, "topics"];
        let what = format!("list the topics of connector `{name}` at");
        let mut all: BTreeMap<String, Topics> =
            self.about(name, &Call::new(what, Method::GET, &path))?;
        let mut topics = all.remove(name).map(|found| found.topics).unwrap_or_default();
        if topics.is_empty() {
            // Connect lists the topics of connectors that are not there, too: none.
            self.info(name)?;
        }
        topics.sort();
        Ok(topics)
    }

    /// Forgets which topics the connector `name` used.
    pub fn reset_topics(&self, name: &str) -> Result<(), ConnectError> {
        authorize(&self.context, &Action::SteerConnector(name.to_owned()))?;
        let path = ["connectors", name, "topics", "reset"];
        let what = format!("reset the topics of connector `{name}` at");
        self.tell(name, &Call::new(what, Method::PUT, &path))
    }
}
