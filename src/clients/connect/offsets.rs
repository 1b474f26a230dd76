//! How far connectors are in what they read.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::error::ConnectError;
use super::session::{Call, Connect};
use crate::clients::{Action, authorize};

/// How far a connector is in one part of what it reads.
///
/// A sink's partition is `{"kafka_topic": …, "kafka_partition": …}` and its offset
/// `{"kafka_offset": …}`; those of a source are its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The part.
    pub partition: Json,
    /// How far; null resets the part.
    #[serde(default)]
    pub offset: Json,
}

impl Position {
    /// The position that `json` says: with `partition` and `offset` as Connect writes them, or
    /// with `topic`, `partition` and `offset` for a sink.
    pub fn of(json: Json) -> Result<Position, String> {
        match json.get("topic") {
            None => serde_json::from_value(json).map_err(|error| error.to_string()),
            Some(topic) => Ok(Position {
                partition: json!({ "kafka_topic": topic, "kafka_partition": json["partition"] }),
                offset: match &json["offset"] {
                    Json::Null => Json::Null,
                    number => json!({ "kafka_offset": number }),
                },
            }),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Offsets {
    offsets: Vec<Position>,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    message: String,
}

impl Connect {
    /// How far the connector `name` is.
    pub fn offsets(&self, name: &str) -> Result<Vec<Position>, ConnectError> {
        let path = ["connectors", name, "offsets"];
        let what = format!("read the offsets of connector `{name}` at");
        let Offsets { mut offsets } = self.about(name, &Call::new(what, Method::GET, &path))?;
        // What was reset may still be listed, without an offset.
        offsets.retain(|position| !position.offset.is_null());
        Ok(offsets)
    }

    /// Sets offsets of the connector `name`, which must be stopped; those of other parts stay.
    /// Returns what Connect says about it.
    pub fn alter_offsets(&self, name: &str, to: Vec<Position>) -> Result<String, ConnectError> {
        let path = ["connectors", name, "offsets"];
        let what = format!("set offsets of connector `{name}` at");
        let call = Call::new(what, Method::PATCH, &path).body(json!(Offsets { offsets: to }));
        self.change_offsets(name, &call)
    }

    /// Forgets all offsets of the connector `name`, which must be stopped: it then starts anew.
    /// Returns what Connect says about it.
    pub fn reset_offsets(&self, name: &str) -> Result<String, ConnectError> {
        let path = ["connectors", name, "offsets"];
        let what = format!("reset the offsets of connector `{name}` at");
        self.change_offsets(name, &Call::new(what, Method::DELETE, &path))
    }

    fn change_offsets(&self, name: &str, call: &Call<'_>) -> Result<String, ConnectError> {
        authorize(&self.context, &Action::AlterConnectorOffsets(name.to_owned()))?;
        match self.about(name, call) {
            Ok(Said { message }) => Ok(message),
            Err(ConnectError::Refused { attempt, status: 400, message })
                if message.contains("STOPPED state") =>
            {
                Err(ConnectError::NotStopped { attempt, connector: name.to_owned() })
            }
            Err(error) => Err(error),
        }
    }
}
