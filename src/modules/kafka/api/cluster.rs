//! The cluster.

use rhai::Map;
use rhai::plugin::*;

use crate::clients::kafka::Admin;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, TimeoutOptions};
use crate::modules::options::options;

/// Clusters, topics, producers, consumers and their records.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Describes the cluster: its id, its controller and its brokers.
    ///
    /// Returns a map with `id` (text, or `()` where the cluster has none), `controller` (the id of a
    /// broker, or `()`) and `brokers`, an array of maps with `id`, `host`, `port`, `rack` (text, or
    /// `()`) and `controller`. With `KRaft` the controller is a broker that passes on what is meant
    /// for it. An error of kind `unreachable` says why no broker answers within 10 s.
    ///
    /// ```rhai
    /// kafka::cluster().brokers.len // => 1
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn cluster(context: NativeCallContext) -> RhaiResultOf<Map> {
        cluster_with(context, Map::new())
    }

    /// Describes the cluster: its id, its controller and its brokers.
    ///
    /// `given` is a map with `timeout`, the seconds to wait for an answer (10).
    ///
    /// Returns the map of `kafka::cluster()`. An error of kind `unreachable`, `denied` or `timeout`
    /// says why no broker answers.
    ///
    /// ```rhai
    /// kafka::cluster(#{ timeout: 2 }).brokers[0].port > 0 // => true
    /// ```
    #[rhai_fn(name = "cluster", volatile, return_raw)]
    pub fn cluster_with(context: NativeCallContext, given: Map) -> RhaiResultOf<Map> {
        let given: TimeoutOptions = options("kafka::cluster", given)?;
        let run = call::context(&context)?;
        Ok(types::cluster_map(Admin::of(&run)?.cluster(&run, given.timeout())?))
    }
}
