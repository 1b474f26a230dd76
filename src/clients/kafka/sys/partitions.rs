//! Lists of partitions with offsets.

use std::ffi::c_int;
use std::slice;

use rdkafka::bindings::*;

use super::Refusal;
use super::owned::Owned;
use super::read::{Lent, c_text, copied};

/// An offset in a partition: one that is asked for, or one that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// The offset; below zero one of Kafka's special numbers, as -1 for "none" or "latest".
    pub offset: i64,
}

/// `positions` as librdkafka's list.
pub(super) fn list(
    positions: &[Position],
) -> Result<Owned<rd_kafka_topic_partition_list_t>, Refusal> {
    // SAFETY: the list is new and ours.
    let list = unsafe { Owned::take(rd_kafka_topic_partition_list_new(positions.len() as c_int)) };
    let list = list.ok_or_else(|| Refusal::argument("librdkafka made no list"))?;
    for Position { topic, partition, offset } in positions {
        let topic = c_text(topic)?;
        // SAFETY: list and text are live; librdkafka copies the text. The element belongs to the
        // list, is valid until the next one is added, and its offset is ours to write.
        unsafe {
            let element =
                rd_kafka_topic_partition_list_add(list.as_ptr(), topic.as_ptr(), *partition);
            if let Some(element) = element.as_mut() {
                element.offset = *offset;
            }
        }
    }
    Ok(list)
}

/// The elements of `list`, each with what went wrong there, if anything did.
pub(super) fn each(
    list: Lent<'_, rd_kafka_topic_partition_list_t>,
) -> Vec<(Position, Option<Refusal>)> {
    // SAFETY: the list is live, and no opaque type: its fields are public.
    let list = unsafe { &*list.as_ptr() };
    let count = usize::try_from(list.cnt).unwrap_or_default();
    if list.elems.is_null() || count == 0 {
        return Vec::new();
    }
    // SAFETY: the list has `cnt` elements, which belong to it.
    let elements = unsafe { slice::from_raw_parts(list.elems, count) };
    // SAFETY: each of them is live.
    elements.iter().filter_map(|element| unsafe { Lent::new(element) }).map(one).collect()
}

/// One element of a list.
pub(super) fn one(element: Lent<'_, rd_kafka_topic_partition_t>) -> (Position, Option<Refusal>) {
    // SAFETY: the element is live, and no opaque type: its fields are public.
    let element = unsafe { &*element.as_ptr() };
    // SAFETY: the topic's name belongs to the element; there is no text with the code.
    let (topic, refusal) =
        unsafe { (copied(element.topic), Refusal::of(element.err, std::ptr::null())) };
    let topic = topic.unwrap_or_default();
    (Position { topic, partition: element.partition, offset: element.offset }, refusal)
}
