//! Connectors.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::modules::connect::types::{self, connect as of};
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read_options;

/// Kafka Connect: connectors, their tasks and offsets, plugins, loggers.
///
/// The embedded stack has no Connect: give one with `--kafka-connect`. While Connect rebalances,
/// every function tries again until its time is up. Errors have the kinds `unreachable`,
/// `timeout`, `denied`, `not_found`, `conflict`, `invalid` and `failed`; `code` is Connect's own
/// number, for example 409.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod connect {
    /// All connectors, sorted by name.
    ///
    /// Returns an array of maps with `connector` (the name), `type` (`source` or `sink`), `state`,
    /// `worker`, `tasks` (how many), `failed` (how many of them have failed) and `class`.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "listed" };
    /// connect::set_connector("listed-example", config);
    /// connect::connectors().some(|row| row.connector == "listed-example") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn connectors(context: NativeCallContext) -> RhaiResultOf<Array> {
        Ok(types::maps(of(&context)?.connectors()?, types::summary))
    }

    /// The connectors that `options` ask for, sorted by name.
    ///
    /// `options` has `filter`, a regular expression that must match from the start of the name.
    ///
    /// Returns maps as `connect::connectors()` does. An error of kind `usage` says what is wrong
    /// with the filter.
    ///
    /// @needs connect
    /// ```rhai
    /// connect::connectors(#{ filter: "no-such-.*" }) // => []
    /// ```
    #[rhai_fn(name = "connectors", volatile, return_raw)]
    pub fn connectors_like(context: NativeCallContext, options: Map) -> RhaiResultOf<Array> {
        let options: types::ListOptions = read_options("connect::connectors", options)?;
        let found = options.among("connectors", of(&context)?.connectors()?, |row| &row.name)?;
        Ok(types::maps(found, types::summary))
    }

    /// How the connector `name` and its tasks are.
    ///
    /// Returns a map with `connector`, `type`, `state`, `worker`, `error` and `trace` (both `()`
    /// unless it has failed) and `tasks`, an array of maps with `task` (a number from 0 up),
    /// `state`, `worker`, `error` and `trace`. States are `RUNNING`, `PAUSED`, `STOPPED`,
    /// `FAILED`, `RESTARTING` and, before it starts, `UNASSIGNED`. An error of kind `not_found`
    /// names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "state" };
    /// connect::set_connector("state-example", config);
    /// ["UNASSIGNED", "RUNNING"].contains(connect::status("state-example").state) // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn status(context: NativeCallContext, name: &str) -> RhaiResultOf<Map> {
        Ok(types::status(of(&context)?.status(name)?))
    }

    /// What the connector `name` is.
    ///
    /// Returns a map with `connector`, `type`, `tasks` (their numbers) and `config`, a map of text
    /// with its secrets as they are: see `connect::mask_config`. An error of kind `not_found` names
    /// the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "about" };
    /// connect::set_connector("info-example", config);
    /// connect::info("info-example").type // => "source"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn info(context: NativeCallContext, name: &str) -> RhaiResultOf<Map> {
        Ok(types::info(of(&context)?.info(name)?))
    }

    /// The configuration of the connector `name`.
    ///
    /// Returns a map of text, with `name`, and with its secrets as they are: see
    /// `connect::mask_config`. An error of kind `not_found` names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "seen" };
    /// connect::set_connector("config-example", config);
    /// connect::config("config-example").topic // => "seen"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn config(context: NativeCallContext, name: &str) -> RhaiResultOf<Map> {
        Ok(types::config_map(of(&context)?.config(name)?))
    }

    /// Gives the connector `name` a configuration; one that is not there is created.
    ///
    /// `config` is a map of options, texts, numbers or bools, with `connector.class`; options that
    /// it leaves out are taken away. Connect checks it first. Where the connector has it already,
    /// nothing is sent.
    ///
    /// Returns a map with `connector`, `result` (`created`, `updated` or `unchanged`) and `changes`,
    /// an array of maps with `name`, `old` and `value`, where secrets are `***`. An error of kind `invalid` says what is
    /// wrong with which option, one of kind `not_found` that no worker has the class.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "made" };
    /// connect::set_connector("set-example", config);
    /// connect::set_connector("set-example", config).result // => "unchanged"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_connector(context: NativeCallContext, name: &str, config: Map) -> RhaiResultOf<Map> {
        set_connector_with(context, name, config, Map::new())
    }

    /// Gives the connector `name` a configuration as `options` say.
    ///
    /// `config` is that of `connect::set_connector(name, config)`; `options` has `dry_run`, true to
    /// check only.
    ///
    /// Returns what `connect::set_connector(name, config)` does; in a dry run `result` is `would be
    /// created`, `would be updated` or `unchanged`. Errors are the same, too.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "dry" };
    /// connect::set_connector("dry-example", config, #{ dry_run: true }).result
    /// // => "would be created"
    /// ```
    #[rhai_fn(name = "set_connector", volatile, return_raw)]
    pub fn set_connector_with(
        context: NativeCallContext,
        name: &str,
        config: Map,
        options: Map,
    ) -> RhaiResultOf<Map> {
        let options: types::SetOptions = read_options("connect::set_connector", options)?;
        let config = types::config(&config)?;
        let outcome = of(&context)?.set_connector(name, &config, options.dry_run)?;
        Ok(types::outcome(name, outcome, options.dry_run))
    }

    /// Deletes the connector `name`; the topics it wrote and its offsets stay.
    ///
    /// An error of kind `not_found` names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "gone" };
    /// connect::set_connector("delete-example", config);
    /// connect::delete_connector("delete-example");
    /// connect::connectors(#{ filter: "delete-example" }) // => []
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_connector(context: NativeCallContext, name: &str) -> RhaiResultOf<()> {
        Ok(of(&context)?.delete(name)?)
    }
}
