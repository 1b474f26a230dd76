//! Tasks, which move the records of a connector.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::modules::connect::types::{self, connect as of};
use crate::modules::error::RhaiResultOf;

/// Tasks, which move the records of a connector.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod connect {
    /// The tasks of the connector `name`.
    ///
    /// Returns an array of maps with `task` (a number from 0 up), `state`, `worker`, `error`,
    /// `trace` and `config`, the map of text that the connector made for it. An error of kind
    /// `not_found` names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "parts" };
    /// connect::set_connector("tasks-example", config);
    /// connect::stop_connector("tasks-example");
    /// connect::tasks("tasks-example") // => []
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn tasks(context: NativeCallContext, name: &str) -> RhaiResultOf<Array> {
        let connect = of(&context)?;
        let tasks = connect.tasks(name)?;
        let states = if tasks.is_empty() { Vec::new() } else { connect.status(name)?.tasks };
        let row = |task: crate::clients::connect::Task| {
            let found = states.iter().find(|state| state.task == task.task).cloned();
            let mut row = types::task_or_none(task.task, found);
            row.insert("config".into(), types::config_map(task.config).into());
            row
        };
        Ok(types::maps(tasks, row))
    }

    /// How one task of the connector `name` is.
    ///
    /// `task` is its number, from 0 up.
    ///
    /// Returns a map with `task`, `state`, `worker`, `error` and `trace`. An error of kind
    /// `not_found` says whether the connector or the task is missing.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "part" };
    /// connect::set_connector("task-example", config);
    /// try { connect::task("task-example", 7) } catch (err) { print(err.message); }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn task(context: NativeCallContext, name: &str, task: i64) -> RhaiResultOf<Map> {
        Ok(types::task_state(of(&context)?.task(name, types::task(task)?)?))
    }

    /// Restarts one task of the connector `name`.
    ///
    /// `task` is its number, from 0 up. An error of kind `not_found` says whether the connector or
    /// the task is missing.
    ///
    /// @needs connect
    /// ```rhai
    /// for row in connect::connectors().filter(|row| row.failed > 0) {
    ///     for task in connect::tasks(row.connector).filter(|task| task.state == "FAILED") {
    ///         connect::restart_task(row.connector, task.task);
    ///     }
    /// }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn restart_task(context: NativeCallContext, name: &str, task: i64) -> RhaiResultOf<()> {
        Ok(of(&context)?.restart_task(name, types::task(task)?)?)
    }
}
