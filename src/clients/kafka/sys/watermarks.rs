//! Where partitions end, as far as the consumer was told.

use rdkafka::bindings::rd_kafka_get_watermark_offsets;
use rdkafka::client::{Client, ClientContext};

use super::read::c_text;

/// The end of a partition as the last answer to the consumer `client` had it; none where there was
/// none. Asks nobody.
pub fn known_end<C: ClientContext>(client: &Client<C>, topic: &str, partition: i32) -> Option<i64> {
    let topic = c_text(topic).ok()?;
    let (mut low, mut high) = (-1, -1);
    // SAFETY: the client and the name are live; the numbers are only written during the call.
    unsafe {
        let client = client.native_ptr();
        rd_kafka_get_watermark_offsets(
            client,
            topic.as_ptr(),
            partition,
            &raw mut low,
            &raw mut high,
        );
    }
    (high >= 0).then_some(high)
}
