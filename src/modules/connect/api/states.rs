//! Pausing, resuming, stopping and restarting.

use rhai::Map;
use rhai::plugin::*;

use crate::clients::connect::{Restart, Target};
use crate::modules::connect::types::{self, connect as of};
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read_options;

/// Pausing, resuming, stopping and restarting.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod connect {
    /// Pauses the connector `name`: its tasks stay, but move no records.
    ///
    /// It waits until all tasks are paused; those that have failed stay so. An error of kind
    /// `not_found` names the connector that was meant, one of kind `timeout` says what is still not
    /// paused.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "still" };
    /// connect::set_connector("pause-example", config);
    /// connect::pause_connector("pause-example");
    /// connect::status("pause-example").state // => "PAUSED"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn pause_connector(context: NativeCallContext, name: &str) -> RhaiResultOf<()> {
        Ok(of(&context)?.steer(name, Target::Paused)?)
    }

    /// Resumes the connector `name`, which was paused or stopped.
    ///
    /// It waits until all tasks run; those that have failed stay so. An error of kind `not_found`
    /// names the connector that was meant, one of kind `timeout` says what still does not run.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "again" };
    /// connect::set_connector("resume-example", config);
    /// connect::pause_connector("resume-example");
    /// connect::resume_connector("resume-example");
    /// connect::status("resume-example").state // => "RUNNING"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn resume_connector(context: NativeCallContext, name: &str) -> RhaiResultOf<()> {
        Ok(of(&context)?.steer(name, Target::Running)?)
    }

    /// Stops the connector `name`: it has no tasks until it is resumed, and its offsets can change.
    ///
    /// It waits until there are no tasks. An error of kind `not_found` names the connector that was
    /// meant, one of kind `timeout` says what still runs.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "ended" };
    /// connect::set_connector("stop-example", config);
    /// connect::stop_connector("stop-example");
    /// connect::status("stop-example").tasks // => []
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn stop_connector(context: NativeCallContext, name: &str) -> RhaiResultOf<()> {
        Ok(of(&context)?.steer(name, Target::Stopped)?)
    }

    /// Restarts the connector `name` without its tasks.
    ///
    /// An error of kind `not_found` names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "anew" };
    /// connect::set_connector("restart-example", config);
    /// connect::resume_connector("restart-example");
    /// connect::restart_connector("restart-example");
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn restart_connector(context: NativeCallContext, name: &str) -> RhaiResultOf<()> {
        Ok(of(&context)?.restart(name, Restart::default())?)
    }

    /// Restarts the connector `name` as `options` say.
    ///
    /// `options` has `tasks`, true to restart its tasks, too, and `failed_only`, true to leave
    /// alone what has not failed.
    ///
    /// An error of kind `not_found` names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "mended" };
    /// connect::set_connector("mend-example", config);
    /// connect::resume_connector("mend-example");
    /// connect::restart_connector("mend-example", #{ tasks: true, failed_only: true });
    /// ```
    #[rhai_fn(name = "restart_connector", volatile, return_raw)]
    pub fn restart_connector_with(
        context: NativeCallContext,
        name: &str,
        options: Map,
    ) -> RhaiResultOf<()> {
        let options: types::RestartOptions = read_options("connect::restart_connector", options)?;
        let restart = Restart { tasks: options.tasks, only_failed: options.failed_only };
        Ok(of(&context)?.restart(name, restart)?)
    }
}
