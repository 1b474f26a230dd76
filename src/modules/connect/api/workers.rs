//! Where Connect is, what it is, how much it logs, and how long it may take.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::modules::connect::types::{self, connect as of};
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options as read_options;

/// Where Connect is, what it is, how much it logs, and how long it may take.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod connect {
    /// The address of Connect.
    ///
    /// An error says that none is configured, or that the embedded stack has none.
    ///
    /// @needs connect
    /// ```rhai
    /// print(`Connect is ${connect::url()}`);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn url(context: NativeCallContext) -> RhaiResultOf<String> {
        Ok(of(&context)?.url())
    }

    /// Sets how long each later call of this run waits for an answer; 10 seconds if never set.
    ///
    /// `seconds` is an int or a float above 0. An error of kind `usage` says that it is not.
    ///
    /// @needs connect
    /// ```rhai
    /// connect::set_timeout(2.5);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_timeout(context: NativeCallContext, seconds: Dynamic) -> RhaiResultOf<()> {
        of(&context)?.set_timeout(types::seconds(&seconds)?);
        Ok(())
    }

    /// The worker that answers.
    ///
    /// Returns a map with `version` (of Kafka), `commit`, `cluster` (the id of the Kafka cluster it
    /// works for) and `url`.
    ///
    /// @needs connect
    /// ```rhai
    /// connect::worker().version.contains(".") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn worker(context: NativeCallContext) -> RhaiResultOf<Map> {
        let connect = of(&context)?;
        let worker = connect.worker()?;
        Ok(Map::from([
            ("version".into(), worker.version.into()),
            ("commit".into(), worker.commit.into()),
            ("cluster".into(), worker.cluster.into()),
            ("url".into(), connect.url().into()),
        ]))
    }

    /// The loggers of the worker that answers, as far as they have a level of their own.
    ///
    /// Returns an array of maps with `logger`, `level` and `changed`, milliseconds since 1970, or
    /// `()` where the level never was.
    ///
    /// @needs connect
    /// ```rhai
    /// connect::set_logger("org.kafkaefd.listed", "WARN", #{ scope: "worker" });
    /// connect::loggers().some(|row| row.logger == "org.kafkaefd.listed") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn loggers(context: NativeCallContext) -> RhaiResultOf<Array> {
        Ok(types::maps(of(&context)?.loggers()?, types::logger))
    }

    /// One logger of the worker that answers.
    ///
    /// `name` is a Java package or class, or `root`.
    ///
    /// Returns a map with `logger`, `level` and `changed`. An error of kind `not_found` names the
    /// logger that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// connect::set_logger("org.kafkaefd.read", "WARN", #{ scope: "worker" });
    /// connect::logger("org.kafkaefd.read").level // => "WARN"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn logger(context: NativeCallContext, name: &str) -> RhaiResultOf<Map> {
        Ok(types::logger(of(&context)?.logger(name)?))
    }

    /// Sets how much a logger and those below it log, on all workers, until they restart.
    ///
    /// `name` is a Java package or class, or `root`; `level` is `TRACE`, `DEBUG`, `INFO`, `WARN`,
    /// `ERROR`, `FATAL` or `OFF`.
    ///
    /// Returns the names of the loggers that changed as far as Connect tells, which it does for one
    /// worker only. An error of kind `usage` says that the level is none.
    ///
    /// @needs connect
    /// ```rhai
    /// connect::set_logger("org.kafkaefd.example", "WARN") // => []
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_logger(context: NativeCallContext, name: &str, level: &str) -> RhaiResultOf<Array> {
        set_logger_with(context, name, level, Map::new())
    }

    /// Sets how much a logger and those below it log, as `options` say.
    ///
    /// `name` and `level` are those of `connect::set_logger(name, level)`; `options` has `scope`,
    /// `cluster` for all workers (the default) or `worker` for the one that answers.
    ///
    /// Returns the names of the loggers that changed as far as Connect tells, which it does for one
    /// worker only. An error of kind `usage` says that the level or the scope is none.
    ///
    /// @needs connect
    /// ```rhai
    /// connect::set_logger("org.kafkaefd.one", "INFO", #{ scope: "worker" });
    /// connect::set_logger("org.kafkaefd.one", "WARN", #{ scope: "worker" })
    /// // => ["org.kafkaefd.one"]
    /// ```
    #[rhai_fn(name = "set_logger", volatile, return_raw)]
    pub fn set_logger_with(
        context: NativeCallContext,
        name: &str,
        level: &str,
        options: Map,
    ) -> RhaiResultOf<Array> {
        let options: types::LoggerOptions = read_options("connect::set_logger", options)?;
        let one = options.on_one()?;
        Ok(types::names(of(&context)?.set_logger(name, level, one)?))
    }
}
