//! What the functions of `connect` take and hand to scripts.

use std::time::Duration;

use rhai::{Array, Dynamic, Map, NativeCallContext};
use serde::Deserialize;

use crate::clients::connect::{
    Change, Config, Connect, ConnectError, Definition, Fault, Info, Logger, Outcome, Plugin,
    Position, State, Status, Summary, TaskState, Validation, config_of, positions, shown,
};
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::name_filter::wanted;
use crate::modules::value;
use crate::settings::Secret;

/// The options of `connect::connectors` and `connect::plugins`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ListOptions {
    filter: Option<String>,
}

/// The options of `connect::set_connector`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct SetOptions {
    /// Whether to check only.
    pub dry_run: bool,
}

/// The options of `connect::restart_connector`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct RestartOptions {
    /// Its tasks, too.
    pub tasks: bool,
    /// Only what has failed.
    pub failed_only: bool,
}

/// The options of `connect::set_logger`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct LoggerOptions {
    scope: Option<String>,
}

/// Connect of the run that calls.
pub fn connect(call: &NativeCallContext) -> RhaiResultOf<Connect> {
    Ok(Connect::of(&call::context(call)?)?)
}

impl ListOptions {
    /// Those of `all` whose names match the filter from their start; `what` they are.
    pub fn among<T>(
        &self,
        what: &str,
        all: Vec<T>,
        name: impl Fn(&T) -> &String,
    ) -> RhaiResultOf<Vec<T>> {
        let wanted = wanted(what, self.filter.as_deref())?;
        Ok(all.into_iter().filter(|item| wanted(name(item))).collect())
    }
}

impl LoggerOptions {
    /// Whether one worker is meant, not all.
    pub fn on_one(&self) -> RhaiResultOf<bool> {
        match self.scope.as_deref() {
            None | Some("cluster") => Ok(false),
            Some("worker") => Ok(true),
            Some(other) => {
                let what = format!("`{other}` is no scope of a logger: it is cluster or worker");
                Err(Failure::new(Kind::Usage, what).into())
            }
        }
    }
}

/// A configuration that a script gives: a map of options, or one with `name` and `config`.
pub fn config(given: &Map) -> Result<Config, ConnectError> {
    let exposed = expose(&Dynamic::from(given.clone()));
    let (name, mut config) = config_of(&value::to_json(&exposed))?;
    if let Some(name) = name {
        config.insert("name".to_owned(), name);
    }
    Ok(config)
}

/// `value` with what its secrets hold, at any depth: Connect must get them.
fn expose(value: &Dynamic) -> Dynamic {
    if let Some(secret) = value.read_lock::<Secret>() {
        return secret.expose().to_owned().into();
    }
    match value.read_lock::<Map>() {
        Some(map) => {
            Dynamic::from(map.iter().map(|(k, v)| (k.clone(), expose(v))).collect::<Map>())
        }
        None => value.clone(),
    }
}

/// Offsets that a script gives.
pub fn offsets(given: Array) -> Result<Vec<Position>, ConnectError> {
    positions(value::to_json(&given.into()))
}

/// A number of a task: 0 or more.
pub fn task(given: i64) -> RhaiResultOf<u32> {
    u32::try_from(given).map_err(|_| {
        Failure::new(Kind::Usage, format!("{given} is no task: they are counted from 0 up")).into()
    })
}

/// Seconds, as an integer or a float above 0.
pub fn seconds(given: &Dynamic) -> RhaiResultOf<Duration> {
    let seconds = given.as_float().or_else(|_| given.as_int().map(|whole| whole as f64));
    let valid = seconds.ok().filter(|seconds| *seconds > 0.0);
    valid.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).ok_or_else(|| {
        Failure::new(Kind::Usage, format!("`{given}` is no time: give seconds above 0")).into()
    })
}

/// A value that may be absent, as scripts have it.
pub fn maybe<T: Into<Dynamic>>(value: Option<T>) -> Dynamic {
    value.map_or(Dynamic::UNIT, Into::into)
}

/// Maps of `items`.
pub fn maps<T>(items: impl IntoIterator<Item = T>, map: impl Fn(T) -> Map) -> Array {
    items.into_iter().map(|item| map(item).into()).collect()
}

/// Names as scripts have them.
pub fn names(names: Vec<String>) -> Array {
    names.into_iter().map(Dynamic::from).collect()
}

/// A configuration as a map.
pub fn config_map(config: Config) -> Map {
    config.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
}

/// A line of the list of connectors.
pub fn summary(summary: Summary) -> Map {
    let (info, status) = (summary.info, summary.status);
    let kind = status.as_ref().and_then(|status| status.kind.clone());
    let kind = kind.or_else(|| info.as_ref().and_then(|info| info.kind.clone()));
    let class = info.and_then(|mut info| info.config.remove("connector.class"));
    let tasks = status.as_ref().map_or(0, |status| status.tasks.len()) as i64;
    let is_failed = |task: &&TaskState| task.state.state == "FAILED";
    let failed = status.as_ref().map_or(0, |s| s.tasks.iter().filter(is_failed).count()) as i64;
    let state = status.as_ref().map_or("UNASSIGNED".into(), |s| s.connector.state.clone());
    Map::from([
        ("connector".into(), summary.name.into()),
        ("type".into(), maybe(kind)),
        ("state".into(), state.into()),
        ("worker".into(), maybe(status.map(|status| status.connector.worker))),
        ("tasks".into(), tasks.into()),
        ("failed".into(), failed.into()),
        ("class".into(), maybe(class)),
    ])
}

/// What a connector is.
pub fn info(info: Info) -> Map {
    let tasks: Array = info.tasks.iter().map(|part| i64::from(part.task).into()).collect();
    Map::from([
        ("connector".into(), info.name.into()),
        ("type".into(), maybe(info.kind)),
        ("tasks".into(), tasks.into()),
        ("config".into(), config_map(info.config).into()),
    ])
}

/// How a connector is.
pub fn status(status: Status) -> Map {
    let mut map = state(status.connector);
    map.insert("connector".into(), status.name.into());
    map.insert("type".into(), maybe(status.kind));
    map.insert("tasks".into(), maps(status.tasks, task_state).into());
    map
}

/// How a task is.
pub fn task_state(task: TaskState) -> Map {
    let mut map = state(task.state);
    map.insert("task".into(), i64::from(task.task).into());
    map
}

/// How task number `task` is; one that has not started is `UNASSIGNED`.
pub fn task_or_none(task: u32, found: Option<TaskState>) -> Map {
    let none = State { state: "UNASSIGNED".to_owned(), worker: String::new(), trace: None };
    task_state(found.unwrap_or(TaskState { task, state: none }))
}

fn state(state: State) -> Map {
    let first = state.trace.as_deref().and_then(|trace| trace.lines().next()).map(str::to_owned);
    Map::from([
        ("state".into(), state.state.into()),
        ("worker".into(), maybe(Some(state.worker).filter(|worker| !worker.is_empty()))),
        ("error".into(), maybe(first)),
        ("trace".into(), maybe(state.trace)),
    ])
}

/// What became of a connector whose configuration was set, or would be.
pub fn outcome(name: &str, outcome: Outcome, dry_run: bool) -> Map {
    let done = match (outcome.created, outcome.changes.is_empty()) {
        (true, _) => "created",
        (false, true) => "unchanged",
        (false, false) => "updated",
    };
    let would = if dry_run && done != "unchanged" { "would be " } else { "" };
    let change = |change: Change| {
        let shown = |value: Option<String>| maybe(value.map(|value| shown(&change.name, &value)));
        let (old, new) = (shown(change.old.clone()), shown(change.new.clone()));
        let name = change.name.into();
        Map::from([("name".into(), name), ("old".into(), old), ("value".into(), new)])
    };
    Map::from([
        ("connector".into(), name.into()),
        ("result".into(), format!("{would}{done}").into()),
        ("changes".into(), maps(outcome.changes, change).into()),
    ])
}

/// How far a connector is in one part of what it reads.
pub fn position(position: Position) -> Map {
    Map::from([
        ("partition".into(), value::from_json(position.partition)),
        ("offset".into(), value::from_json(position.offset)),
    ])
}

/// A plugin.
pub fn plugin(plugin: Plugin) -> Map {
    Map::from([
        ("class".into(), plugin.class.into()),
        ("type".into(), plugin.kind.into()),
        ("version".into(), maybe(plugin.version)),
    ])
}

/// An option of a plugin.
pub fn definition(definition: Definition) -> Map {
    Map::from([
        ("name".into(), definition.name.into()),
        ("type".into(), definition.kind.into()),
        ("required".into(), definition.required.into()),
        ("default_value".into(), maybe(definition.default)),
        ("importance".into(), definition.importance.into()),
        ("group".into(), maybe(definition.group)),
        ("documentation".into(), definition.documentation.into()),
    ])
}

/// What Connect thinks of a configuration.
pub fn validation(validation: Validation) -> Map {
    let fault = |fault: Fault| {
        let error = fault.error;
        Map::from([("name".into(), maybe(fault.name)), ("error".into(), error.into())])
    };
    Map::from([
        ("valid".into(), validation.faults.is_empty().into()),
        ("class".into(), validation.class.into()),
        ("errors".into(), maps(validation.faults, fault).into()),
    ])
}

/// A logger.
pub fn logger(logger: Logger) -> Map {
    Map::from([
        ("logger".into(), logger.name.into()),
        ("level".into(), logger.level.into()),
        ("changed".into(), maybe(logger.changed)),
    ])
}
