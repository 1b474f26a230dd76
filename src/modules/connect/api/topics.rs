//! Which topics connectors use.

use rhai::Array;
use rhai::plugin::*;

use crate::modules::connect::types::{self, connect as of};
use crate::modules::error::RhaiResultOf;

/// Which topics connectors use.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod connect {
    /// The topics that the connector `name` read or wrote since it was created, sorted.
    ///
    /// Returns their names. An error of kind `not_found` names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "unused" };
    /// connect::set_connector("topics-example", config);
    /// connect::topics("topics-example") // => []
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn topics(context: NativeCallContext, name: &str) -> RhaiResultOf<Array> {
        Ok(types::names(of(&context)?.topics(name)?))
    }

    /// Forgets which topics the connector `name` used.
    ///
    /// An error of kind `not_found` names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "forgot" };
    /// connect::set_connector("forget-example", config);
    /// connect::reset_topics("forget-example");
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn reset_topics(context: NativeCallContext, name: &str) -> RhaiResultOf<()> {
        Ok(of(&context)?.reset_topics(name)?)
    }
}
