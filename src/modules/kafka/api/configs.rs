//! Configs of topics and brokers.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Admin;
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, ConfigOptions, TimeoutOptions};
use crate::modules::options::options;

/// Configs.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Lists the configs of the topic `name`.
    ///
    /// Returns an array of maps with `name`; `value` (text, or `()` where it is secret); `source`:
    /// `topic`, `dynamic-broker` (set for a broker while it runs), `dynamic-default` (set for all
    /// brokers), `broker` (its file), `default` or `unknown`; `is_default`; `read_only`;
    /// `sensitive`; and `synonyms`, the places that set it, the one that counts first: maps with
    /// `name`, `value` and `source`. An error of kind `not_found` says that the topic does not
    /// exist.
    ///
    /// ```rhai
    /// kafka::create_topic("tuned", #{ config: #{ "retention.ms": 60000 } });
    /// let config = kafka::topic_config("tuned");
    /// config.filter(|entry| entry.source == "topic").map(|entry| entry.name) // => ["retention.ms"]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn topic_config(context: NativeCallContext, name: &str) -> RhaiResultOf<Array> {
        topic_config_with(context, name, Map::new())
    }

    /// Lists the configs of the topic `name`.
    ///
    /// `given` is a map with `timeout`, the seconds to wait for an answer (10). Returns and raises
    /// what `kafka::topic_config(name)` does.
    ///
    /// ```rhai
    /// kafka::create_topic("untuned");
    /// let config = kafka::topic_config("untuned", #{ timeout: 5 });
    /// config.some(|entry| entry.source == "topic") // => false
    /// ```
    #[rhai_fn(name = "topic_config", volatile, return_raw)]
    pub fn topic_config_with(
        context: NativeCallContext,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<Array> {
        let given: TimeoutOptions = options("kafka::topic_config", given)?;
        let run = call::context(&context)?;
        let config = Admin::of(&run)?.topic_config(&run, name, given.timeout())?;
        Ok(types::config_maps(config))
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
        set_topic_config_with(context, name, changes, Map::new())
    }

    /// Changes configs of the topic `name`; the others stay as they are.
    ///
    /// `changes` is as in `kafka::set_topic_config(name, changes)`; `given` is a map with `dry_run`,
    /// whether to check only that Kafka accepts them (false), and `timeout`, the seconds to wait for
    /// an answer (10).
    ///
    /// ```rhai
    /// kafka::create_topic("unchanged");
    /// kafka::set_topic_config("unchanged", #{ "retention.ms": 60000 }, #{ dry_run: true });
    /// kafka::describe_topic("unchanged").config // => #{}
    /// ```
    #[rhai_fn(name = "set_topic_config", volatile, return_raw)]
    pub fn set_topic_config_with(
        context: NativeCallContext,
        name: &str,
        changes: Map,
        given: Map,
    ) -> RhaiResultOf<()> {
        let given: ConfigOptions = options("kafka::set_topic_config", given)?;
        let changes = given.changes(changes);
        let run = call::context(&context)?;
        Ok(Admin::of(&run)?.set_topic_config(&run, name, &changes, given.timeout())?)
    }

    /// Lists what is set for all brokers at once while they run (`dynamic-default`).
    ///
    /// Returns an array of maps with `name`, `value` (text, or `()` where it is secret) and
    /// `source`.
    ///
    /// ```rhai
    /// kafka::broker_config() // => []
    /// ```
    #[rhai_fn(name = "broker_config", volatile, return_raw)]
    pub fn default_broker_config(context: NativeCallContext) -> RhaiResultOf<Array> {
        default_broker_config_with(context, Map::new())
    }

    /// Lists what is set for all brokers at once while they run (`dynamic-default`).
    ///
    /// `given` is a map with `timeout`, the seconds to wait for an answer (10). Returns what
    /// `kafka::broker_config()` does.
    ///
    /// ```rhai
    /// kafka::broker_config(#{ timeout: 5 }) // => []
    /// ```
    #[rhai_fn(name = "broker_config", volatile, return_raw)]
    pub fn default_broker_config_with(
        context: NativeCallContext,
        given: Map,
    ) -> RhaiResultOf<Array> {
        let given: TimeoutOptions = options("kafka::broker_config", given)?;
        let run = call::context(&context)?;
        let config = Admin::of(&run)?.default_broker_config(&run, given.timeout())?;
        Ok(types::synonym_maps(config))
    }

    /// Lists the configs of the broker `id`.
    ///
    /// Returns an array of the maps of `kafka::topic_config(name)`. An error of kind `not_found`
    /// says that there is no such broker.
    ///
    /// ```rhai
    /// let id = kafka::cluster().brokers[0].id;
    /// kafka::broker_config(id).some(|entry| entry.name == "num.partitions") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn broker_config(context: NativeCallContext, id: i64) -> RhaiResultOf<Array> {
        broker_config_with(context, id, Map::new())
    }

    /// Lists the configs of the broker `id`.
    ///
    /// `given` is a map with `timeout`, the seconds to wait for an answer (10). Returns and raises
    /// what `kafka::broker_config(id)` does.
    ///
    /// ```rhai
    /// let id = kafka::cluster().brokers[0].id;
    /// let config = kafka::broker_config(id, #{ timeout: 5 });
    /// config.filter(|entry| entry.name == "compression.type")[0].value // => "producer"
    /// ```
    #[rhai_fn(name = "broker_config", volatile, return_raw)]
    pub fn broker_config_with(
        context: NativeCallContext,
        id: i64,
        given: Map,
    ) -> RhaiResultOf<Array> {
        let given: TimeoutOptions = options("kafka::broker_config", given)?;
        let run = call::context(&context)?;
        let config = Admin::of(&run)?.broker_config(&run, broker(id)?, given.timeout())?;
        Ok(types::config_maps(config))
    }

    /// Changes configs of the broker `id` while it runs; the others stay as they are.
    ///
    /// `changes` is a map of configs with their new values; `()` takes one back to what the broker's
    /// file says.
    ///
    /// An error of kind `not_found` says that there is no such broker, one of kind `invalid` that
    /// Kafka does not accept a value or that the config is read-only.
    ///
    /// ```rhai
    /// let id = kafka::cluster().brokers[0].id;
    /// kafka::set_broker_config(id, #{ "log.retention.ms": 3600000 });
    /// let config = kafka::broker_config(id).filter(|entry| entry.name == "log.retention.ms");
    /// config[0].source // => "dynamic-broker"
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn set_broker_config(
        context: NativeCallContext,
        id: i64,
        changes: Map,
    ) -> RhaiResultOf<()> {
        set_broker_config_with(context, id, changes, Map::new())
    }

    /// Changes configs of the broker `id` while it runs; the others stay as they are.
    ///
    /// `changes` is as in `kafka::set_broker_config(id, changes)`; `given` is a map with `dry_run`,
    /// whether to check only that Kafka accepts them (false), and `timeout`, the seconds to wait for
    /// an answer (10).
    ///
    /// ```rhai
    /// let id = kafka::cluster().brokers[0].id;
    /// kafka::set_broker_config(id, #{ "log.retention.ms": 3600000 }, #{ dry_run: true });
    /// kafka::broker_config(id).some(|entry| entry.source == "dynamic-broker") // => false
    /// ```
    #[rhai_fn(name = "set_broker_config", volatile, return_raw)]
    pub fn set_broker_config_with(
        context: NativeCallContext,
        id: i64,
        changes: Map,
        given: Map,
    ) -> RhaiResultOf<()> {
        let given: ConfigOptions = options("kafka::set_broker_config", given)?;
        let changes = given.changes(changes);
        let run = call::context(&context)?;
        Ok(Admin::of(&run)?.set_broker_config(&run, broker(id)?, &changes, given.timeout())?)
    }
}

fn broker(id: i64) -> Result<i32, Failure> {
    i32::try_from(id).map_err(|_| Failure::new(Kind::NotFound, format!("there is no broker {id}")))
}
