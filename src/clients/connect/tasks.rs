//! Tasks, which move the records of a connector.

use reqwest::Method;
use serde::Deserialize;

use super::config::{Config, without_nulls};
use super::error::ConnectError;
use super::session::{Call, Connect};
use super::state::TaskState;
use crate::clients::{Action, authorize};

/// A task with the configuration that its connector made for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its number, from 0 up.
    pub task: u32,
    /// Its configuration, with its secrets.
    pub config: Config,
}

#[derive(Deserialize)]
struct RawTask {
    id: RawId,
    #[serde(deserialize_with = "without_nulls")]
    config: Config,
}

#[derive(Deserialize)]
struct RawId {
    task: u32,
}

impl Connect {
    /// The tasks of the connector `name`, in rising order.
    pub fn tasks(&self, name: &str) -> Result<Vec<Task>, ConnectError> {
        let path = ["connectors", name, "tasks"];
        let what = format!("list the tasks of connector `{name}` at");
        let raw: Vec<RawTask> = self.about(name, &Call::new(what, Method::GET, &path))?;
        let mut tasks: Vec<Task> =
            raw.into_iter().map(|raw| Task { task: raw.id.task, config: raw.config }).collect();
        tasks.sort_by_key(|task| task.task);
        Ok(tasks)
    }

    /// How task number `task` of the connector `name` is.
    pub fn task(&self, name: &str, task: u32) -> Result<TaskState, ConnectError> {
        let number = task.to_string();
        let path = ["connectors", name, "tasks", &number, "status"];
        let what = format!("read the status of task {task} of connector `{name}` at");
        self.about(name, &Call::new(what, Method::GET, &path)).map_err(|error| no_task(name, error))
    }

    /// Restarts task number `task` of the connector `name`.
    pub fn restart_task(&self, name: &str, task: u32) -> Result<(), ConnectError> {
        authorize(&self.context, &Action::SteerConnector(name.to_owned()))?;
        let number = task.to_string();
        let path = ["connectors", name, "tasks", &number, "restart"];
        let what = format!("restart task {task} of connector `{name}` at");
        self.tell(name, &Call::new(what, Method::POST, &path)).map_err(|error| no_task(name, error))
    }
}

/// A 404 about a connector that is there is about its task.
fn no_task(name: &str, error: ConnectError) -> ConnectError {
    match error {
        ConnectError::Refused { attempt, status: 404, .. } => ConnectError::Absent {
            attempt,
            what: "task".to_owned(),
            remedy: format!("list its tasks with: kafkaefd admin connectors tasks {name}"),
        },
        other => other,
    }
}
