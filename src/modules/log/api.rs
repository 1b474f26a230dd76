//! The page a script author reads.

use rhai::plugin::*;

/// Messages for people on stderr; `--log-level` says from which level on they appear.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs)] // of the code that the macro writes
pub mod log {
    /// Logs `text` at level info.
    ///
    /// `text` is any value; it is logged as `print` would show it.
    ///
    /// ```rhai
    /// log::info("registered 3 schemas");
    /// ```
    #[rhai_fn(volatile)]
    pub fn info(text: Dynamic) {
        tracing::info!(target: "script", "{text}");
    }

    /// Logs `text` at level warn: something a person should look at.
    ///
    /// `text` is any value; it is logged as `print` would show it.
    ///
    /// ```rhai
    /// log::warn("topic `dome` has no records");
    /// ```
    #[rhai_fn(volatile)]
    pub fn warn(text: Dynamic) {
        tracing::warn!(target: "script", "{text}");
    }

    /// Logs `text` at level error: something failed.
    ///
    /// `text` is any value; it is logged as `print` would show it. The script goes on: `throw` ends it.
    ///
    /// ```rhai
    /// log::error("cannot read dome.xml");
    /// ```
    #[rhai_fn(volatile)]
    pub fn error(text: Dynamic) {
        tracing::error!(target: "script", "{text}");
    }

    /// Logs `text` at level debug: shown with `--log-level debug` only (`debug` is a word of Rhai).
    ///
    /// `text` is any value; it is logged as `print` would show it.
    ///
    /// ```rhai
    /// log::trace(`offsets: ${[1, 2]}`);
    /// ```
    #[rhai_fn(volatile)]
    pub fn trace(text: Dynamic) {
        tracing::debug!(target: "script", "{text}");
    }
}
