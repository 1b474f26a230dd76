//! What the double keeps.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::plugins;
use super::problem::Problem;

type Config = BTreeMap<String, String>;

pub struct Connector {
    pub config: Config,
    /// `RUNNING`, `PAUSED` or `STOPPED`.
    pub target: &'static str,
    /// Tasks that failed when they started.
    failed: Vec<usize>,
    /// What each part of the input is called, and how far the connector is in it.
    pub offsets: Vec<(Value, Value)>,
}

pub struct Store {
    pub worker: String,
    pub connectors: BTreeMap<String, Connector>,
    pub loggers: BTreeMap<String, String>,
}

impl Store {
    pub fn new(worker: &str) -> Store {
        let loggers = [("root", "INFO"), ("org.reflections", "ERROR")];
        let loggers = loggers.map(|(name, level)| (name.to_owned(), level.to_owned())).into();
        Store { worker: worker.to_owned(), connectors: BTreeMap::new(), loggers }
    }

    pub fn get(&mut self, name: &str) -> Result<&mut Connector, Problem> {
        self.connectors.get_mut(name).ok_or_else(|| Problem::no_connector(name))
    }

    /// Creates or updates; whether it was created.
    pub fn set(&mut self, name: &str, mut config: Config) -> Result<bool, Problem> {
        config.insert("name".to_owned(), name.to_owned());
        let class = config.get("connector.class").cloned().unwrap_or_default();
        let faults = plugins::find(&class)?.faults(&config);
        if !faults.is_empty() {
            let lines: Vec<String> = faults.into_iter().map(|(_, why)| why).collect();
            let what = format!(
                "Connector configuration is invalid and contains the following {} error(s):\n{}\n\
                 You can also find the above list of errors at the endpoint \
                 `/connector-plugins/{class}/config/validate`",
                lines.len(),
                lines.join("\n")
            );
            return Err(Problem::new(400, what));
        }
        let failed = Connector::failing(&config);
        if let Some(connector) = self.connectors.get_mut(name) {
            connector.config = config;
            connector.failed = failed;
            return Ok(false);
        }
        let connector = Connector { config, target: "RUNNING", failed, offsets: Vec::new() };
        self.connectors.insert(name.to_owned(), connector);
        Ok(true)
    }
}

impl Connector {
    /// A file that cannot be there fails all tasks, as it does with the real thing.
    fn failing(config: &Config) -> Vec<usize> {
        let is_bad = config.get("file").is_some_and(|file| file.starts_with("/missing/"));
        if is_bad { (0..Connector::count(config)).collect() } else { Vec::new() }
    }

    fn count(config: &Config) -> usize {
        config.get("tasks.max").and_then(|max| max.parse().ok()).unwrap_or(1)
    }

    pub fn kind(&self) -> &'static str {
        plugins::find(&self.config["connector.class"]).map_or("unknown", |plugin| plugin.kind)
    }

    pub fn tasks(&self) -> usize {
        if self.target == "STOPPED" { 0 } else { Connector::count(&self.config) }
    }

    pub fn info(&self, name: &str) -> Value {
        let tasks: Vec<Value> =
            (0..self.tasks()).map(|task| json!({ "connector": name, "task": task })).collect();
        json!({ "name": name, "config": self.config, "tasks": tasks, "type": self.kind() })
    }

    pub fn status(&self, name: &str, worker: &str) -> Value {
        let tasks: Vec<Value> = (0..self.tasks()).map(|task| self.task(task, worker)).collect();
        json!({ "name": name, "connector": { "state": self.target, "worker_id": worker },
            "tasks": tasks, "type": self.kind() })
    }

    pub fn task(&self, task: usize, worker: &str) -> Value {
        if !self.failed.contains(&task) {
            return json!({ "id": task, "state": self.target, "worker_id": worker });
        }
        let file = &self.config["file"];
        let trace = format!(
            "org.apache.kafka.connect.errors.ConnectException: Couldn't find or create file \
             '{file}' for FileStreamSinkTask\n\tat org.apache.kafka.connect.file.X(X.java:77)\n"
        );
        json!({ "id": task, "state": "FAILED", "worker_id": worker, "trace": trace })
    }
}
