//! The one call into librdkafka that its Rust wrapper lacks.
#![allow(unsafe_code)] // rdkafka 0.39 has no safe `rd_kafka_controllerid`

use std::time::Duration;

use rdkafka::bindings::rd_kafka_controllerid;
use rdkafka::client::{Client, ClientContext};

/// The id of the cluster's controller; none while the cluster has or tells none. Waits at most
/// `timeout` for metadata, if there is none yet.
pub fn controller<C: ClientContext>(client: &Client<C>, timeout: Duration) -> Option<i32> {
    let timeout = i32::try_from(timeout.as_millis()).unwrap_or(i32::MAX);
    // SAFETY: the pointer is that of a live client, borrowed for the length of the call; librdkafka
    // allows the call from any thread and keeps neither argument.
    let id = unsafe { rd_kafka_controllerid(client.native_ptr(), timeout) };
    (id >= 0).then_some(id)
}
