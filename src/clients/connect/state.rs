//! How connectors are, and changing that: pause, resume, stop, restart.

use std::fmt;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde::Deserialize;

use super::error::ConnectError;
use super::session::{Call, Connect};
use crate::clients::{Action, authorize};

/// How often the state is read while a connector comes to the one it was asked for.
const POLL: Duration = Duration::from_millis(100);

/// How a connector is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Status {
    /// Its name.
    pub name: String,
    /// `source` or `sink`; none while Connect cannot tell.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// How the connector itself is, which makes the tasks.
    pub connector: State,
    /// How its tasks are, which move the records.
    #[serde(default)]
    pub tasks: Vec<TaskState>,
}

/// How a connector or a task is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct State {
    /// `RUNNING`, `PAUSED`, `STOPPED`, `FAILED`, `UNASSIGNED` or `RESTARTING`.
    pub state: String,
    /// The worker that runs it, as `host:port`.
    #[serde(default, rename = "worker_id")]
    pub worker: String,
    /// Where it failed, as Java writes it.
    #[serde(default)]
    pub trace: Option<String>,
}

/// How a task is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TaskState {
    /// Its number, from 0 up.
    #[serde(rename = "id")]
    pub task: u32,
    /// How it is.
    #[serde(flatten)]
    pub state: State,
}

/// A state that a connector can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Its tasks move no records, but stay.
    Paused,
    /// Its tasks move records.
    Running,
    /// It has no tasks.
    Stopped,
}

/// What of a connector is restarted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Restart {
    /// Its tasks, too.
    pub tasks: bool,
    /// Only what has failed.
    pub only_failed: bool,
}

impl Target {
    /// The verb of a person, and of the path.
    fn verb(self) -> &'static str {
        match self {
            Target::Paused => "pause",
            Target::Running => "resume",
            Target::Stopped => "stop",
        }
    }

    /// Whether `status` is this state, as far as what failed lets it.
    fn is_reached(self, status: &Status) -> bool {
        let word = match self {
            Target::Paused => "PAUSED",
            Target::Running => "RUNNING",
            Target::Stopped => "STOPPED",
        };
        let fits = |state: &State| state.state == word || state.state == "FAILED";
        match self {
            Target::Stopped => status.connector.state == word && status.tasks.is_empty(),
            _ => fits(&status.connector) && status.tasks.iter().all(|task| fits(&task.state)),
        }
    }
}

impl fmt::Display for Status {
    /// "the connector is RUNNING, task 0 is FAILED".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the connector is {}", self.connector.state)?;
        for task in &self.tasks {
            write!(f, ", task {} is {}", task.task, task.state.state)?;
        }
        Ok(())
    }
}

impl Connect {
    /// How the connector `name` is. One that was created but has not started is `UNASSIGNED`.
    pub fn status(&self, name: &str) -> Result<Status, ConnectError> {
        let path = ["connectors", name, "status"];
        let call =
            Call::new(format!("read the status of connector `{name}` at"), Method::GET, &path);
        match self.about(name, &call) {
            // A missing connector is another error.
            Err(ConnectError::Refused { status: 404, .. }) => Ok(Status {
                name: name.to_owned(),
                kind: None,
                connector: State {
                    state: "UNASSIGNED".to_owned(),
                    worker: String::new(),
                    trace: None,
                },
                tasks: Vec::new(),
            }),
            other => other,
        }
    }

    /// Brings the connector `name` to the state `target`, and waits until it is there.
    pub fn steer(&self, name: &str, target: Target) -> Result<(), ConnectError> {
        let started = Instant::now();
        authorize(&self.context, &Action::SteerConnector(name.to_owned()))?;
        let what = format!("{} connector `{name}` at", target.verb());
        let path = ["connectors", name, target.verb()];
        self.tell(name, &Call::new(&what, Method::PUT, &path))?;
        loop {
            let status = self.status(name)?;
            if target.is_reached(&status) {
                return Ok(());
            }
            if started.elapsed() >= self.timeout() {
                return Err(ConnectError::Unsettled {
                    attempt: format!("{what} {}", self.url()),
                    state: status.to_string(),
                    seconds: self.timeout().as_secs_f64(),
                });
            }
            // Connect tells of no change by itself. The pause ends early when the run is stopped.
            self.context.wait(&what, POLL * 10, async { tokio::time::sleep(POLL).await })?;
        }
    }

    /// Restarts the connector `name`, as far as `restart` says.
    pub fn restart(&self, name: &str, restart: Restart) -> Result<(), ConnectError> {
        authorize(&self.context, &Action::SteerConnector(name.to_owned()))?;
        let path = ["connectors", name, "restart"];
        let word = |flag: bool| if flag { "true" } else { "false" };
        let call = Call::new(format!("restart connector `{name}` at"), Method::POST, &path)
            .with("includeTasks", word(restart.tasks))
            .with("onlyFailed", word(restart.only_failed));
        self.tell(name, &call)
    }
}
