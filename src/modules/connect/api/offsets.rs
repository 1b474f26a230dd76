//! How far connectors are in what they read.

use rhai::Array;
use rhai::plugin::*;

use crate::modules::connect::types::{self, connect as of};
use crate::modules::error::RhaiResultOf;

/// How far connectors are in what they read.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod connect {
    /// How far the connector `name` is in what it reads.
    ///
    /// Returns an array of maps with `partition` and `offset`. Those of a sink are maps with
    /// `kafka_topic` and `kafka_partition`, and with `kafka_offset`; those of a source are its own.
    /// An error of kind `not_found` names the connector that was meant.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "far" };
    /// connect::set_connector("offsets-example", config);
    /// connect::offsets("offsets-example") // => []
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn offsets(context: NativeCallContext, name: &str) -> RhaiResultOf<Array> {
        Ok(types::maps(of(&context)?.offsets(name)?, types::position))
    }

    /// Sets how far the connector `name`, which must be stopped, is in some of what it reads.
    ///
    /// `offsets` is an array of maps as `connect::offsets` returns them; for a sink they may also
    /// have `topic`, `partition` and `offset`, a text and two numbers. An `offset` of `()` starts
    /// that part anew.
    ///
    /// Returns what Connect says about it. An error of kind `conflict` says that the connector is
    /// not stopped, one of kind `invalid` what is wrong with an offset.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "moved" };
    /// connect::set_connector("alter-example", config);
    /// connect::stop_connector("alter-example");
    /// let place = #{ partition: #{ filename: "/dev/null" }, offset: #{ position: 20 } };
    /// connect::alter_offsets("alter-example", [place]);
    /// connect::offsets("alter-example")[0].offset.position // => 20
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn alter_offsets(
        context: NativeCallContext,
        name: &str,
        offsets: Array,
    ) -> RhaiResultOf<String> {
        Ok(of(&context)?.alter_offsets(name, types::offsets(offsets)?)?)
    }

    /// Forgets how far the connector `name`, which must be stopped, is: it then starts anew.
    ///
    /// Returns what Connect says about it. An error of kind `conflict` says that the connector is
    /// not stopped.
    ///
    /// @needs connect
    /// ```rhai
    /// let config = #{ "connector.class": "FileStreamSource", file: "/dev/null", topic: "first" };
    /// connect::set_connector("reset-example", config);
    /// connect::stop_connector("reset-example");
    /// connect::reset_offsets("reset-example");
    /// connect::offsets("reset-example") // => []
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn reset_offsets(context: NativeCallContext, name: &str) -> RhaiResultOf<String> {
        Ok(of(&context)?.reset_offsets(name)?)
    }

    /// Reads offsets from a file, in the form that `connect::offsets` and Connect itself write.
    ///
    /// `path` is a JSON file, `-` standard input. It holds `{"offsets": […]}` or only the list; each
    /// entry has `partition` and `offset`, or for a sink `topic`, `partition` and `offset`.
    ///
    /// Returns an array of maps with `partition` and `offset`. An error of kind `not_found` or
    /// `invalid` says what is wrong with the file.
    ///
    /// ```rhai
    /// try { connect::load_offsets("missing.json") } catch (err) { print(err.message); }
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn load_offsets(path: &str) -> RhaiResultOf<Array> {
        Ok(types::maps(crate::clients::connect::load_offsets(path)?, types::position))
    }
}
