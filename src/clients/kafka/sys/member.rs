//! The membership of a consumer in its group.

use rdkafka::bindings::*;
use rdkafka::client::{Client, ClientContext};

use super::owned::Owned;

/// The generation, or epoch (KIP-848), in which the consumer `client` is a member of its group now;
/// none where it is none.
///
/// Offsets that a transaction commits in the name of nobody are not checked by the broker (KIP-447):
/// a member that was put out and does not know it yet must look here first.
pub fn generation<C: ClientContext>(client: &Client<C>) -> Option<i32> {
    // SAFETY: the client is live; what is returned is ours to free.
    let member = unsafe { Owned::take(rd_kafka_consumer_group_metadata(client.native_ptr())) }?;
    // SAFETY: the object is live, and only read.
    let generation = unsafe { rd_kafka_consumer_group_metadata_generation_id(member.as_ptr()) };
    (generation > 0).then_some(generation)
}
