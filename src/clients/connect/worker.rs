//! The worker that answers.

use reqwest::Method;
use serde::Deserialize;

use super::error::ConnectError;
use super::session::{Call, Connect};

/// The worker that answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Worker {
    /// The version of Kafka that it is part of.
    pub version: String,
    /// The commit that it was built from.
    pub commit: String,
    /// The id of the Kafka cluster that it works for.
    #[serde(rename = "kafka_cluster_id")]
    pub cluster: String,
}

impl Connect {
    /// The worker that answers.
    pub fn worker(&self) -> Result<Worker, ConnectError> {
        let (attempt, answer) =
            self.send(&Call::new("read the version of Kafka Connect at", Method::GET, &[""]))?;
        answer.read(&attempt)
    }
}
