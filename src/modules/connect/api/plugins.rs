//! What the workers can run.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::modules::connect::types::{self, connect as of};
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read_options;

/// What the workers can run.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod connect {
    /// The classes that the workers can run, sorted by type and name.
    ///
    /// Returns an array of maps with `class`, `type` (`source`, `sink`, `converter`,
    /// `header_converter`, `transformation` or `predicate`) and `version`, `()` where a class does
    /// not say it.
    ///
    /// @needs connect
    /// ```rhai
    /// let sinks = connect::plugins().filter(|plugin| plugin.type == "sink");
    /// sinks.some(|plugin| plugin.class.contains("FileStreamSink")) // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn plugins(context: NativeCallContext) -> RhaiResultOf<Array> {
        Ok(types::maps(of(&context)?.plugins()?, types::plugin))
    }

    /// The classes that `options` ask for, sorted by type and name.
    ///
    /// `options` has `filter`, a regular expression that must match from the start of the class.
    ///
    /// Returns maps as `connect::plugins()` does. An error of kind `usage` says what is wrong with
    /// the filter.
    ///
    /// @needs connect
    /// ```rhai
    /// connect::plugins(#{ filter: "org.apache.kafka.*FileStreamSource" }).len // => 1
    /// ```
    #[rhai_fn(name = "plugins", volatile, return_raw)]
    pub fn plugins_like(context: NativeCallContext, options: Map) -> RhaiResultOf<Array> {
        let options: types::ListOptions = read_options("connect::plugins", options)?;
        let found = options.among("plugins", of(&context)?.plugins()?, |plugin| &plugin.class)?;
        Ok(types::maps(found, types::plugin))
    }

    /// The options of a plugin.
    ///
    /// `class` is its full name, or the last part of it.
    ///
    /// Returns an array of maps with `name`, `type`, `required`, `default_value` (text or `()`),
    /// `importance`, `group` and `documentation`. An error of kind `not_found` names the plugin
    /// that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let required = connect::plugin_options("FileStreamSource").filter(|it| it.required);
    /// required.some(|it| it.name == "topic") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn plugin_options(context: NativeCallContext, class: &str) -> RhaiResultOf<Array> {
        Ok(types::maps(of(&context)?.options(class)?, types::definition))
    }

    /// What Connect thinks of a configuration; nothing is changed.
    ///
    /// `config` is a map of options with `connector.class`.
    ///
    /// Returns a map with `valid`, `class` and `errors`, an array of maps with `name` (the option)
    /// and `error`. An error of kind `not_found` says that no worker has the class.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ name: "checked", "connector.class": "FileStreamSource", file: "/dev/null" };
    /// connect::validate_config(config).errors[0].name // => "topic"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn validate_config(context: NativeCallContext, config: Map) -> RhaiResultOf<Map> {
        Ok(types::validation(of(&context)?.validate(&types::config(&config)?)?))
    }
}
