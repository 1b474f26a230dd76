//! Configs of topics.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Admin;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, TimeoutOptions};

/// Configs of topics.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Lists the configs of the topic `name`.
    ///
    /// Returns an array of maps with `name`, `value` (text, or `()` where it is secret), `source`
    /// (`topic`, `broker`, `dynamic-broker`, `default` or `unknown`), `is_default`, `read_only` and
    /// `sensitive`. An error of kind `not_found` says that the topic does not exist.
    ///
    /// ```rhai
    /// kafka::create_topic("tuned", #{ config: #{ "retention.ms": 60000 } });
    /// let config = kafka::topic_config("tuned");
    /// config.filter(|entry| entry.source == "topic").map(|entry| entry.name) // => ["retention.ms"]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn topic_config(context: NativeCallContext, name: &str) -> RhaiResultOf<Array> {
        let timeout = TimeoutOptions::default().timeout();
        let run = call::context(&context)?;
        let config = Admin::of(&run)?.topic_config(&run, name, timeout)?;
        Ok(config.into_iter().map(|entry| types::config_map(entry).into()).collect())
    }

    /// Changes configs of the topic `name`; the others stay as they are.
    ///
    /// `changes` is a map of configs with their new values; `()` takes one back to its default.
    ///
    /// An error of kind `not_found` says that the topic does not exist, one of kind `invalid` that
    /// Kafka does not accept a value.
    ///
    /// ```rhai
    /// kafka::create_topic("kept");
    /// kafka::set_topic_config("kept", #{ "retention.ms": 60000 });
    /// kafka::set_topic_config("kept", #{ "retention.ms": (), "retention.bytes": 1000000 });
    /// kafka::describe_topic("kept").config // => #{"retention.bytes": "1000000"}
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_topic_config(
        context: NativeCallContext,
        name: &str,
        changes: Map,
    ) -> RhaiResultOf<()> {
        let timeout = TimeoutOptions::default().timeout();
        let changes = types::config_changes(changes);
        let run = call::context(&context)?;
        Ok(Admin::of(&run)?.set_topic_config(&run, name, &changes, timeout)?)
    }
}
