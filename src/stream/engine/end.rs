//! When a pipeline ends by itself.

use std::collections::HashMap;
use std::sync::Arc;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::{Offset, TopicPartitionList};

use super::guard::Guard;
use super::ledger::Ledger;
use super::source::PATIENCE;
use crate::clients::kafka::Admin;
use crate::context::Context;
use crate::stream::{Options, Reset, StreamError};

/// The two ways to end: after a number of records, and where the topics ended at the start.
pub struct End {
    max: Option<u64>,
    /// The ends that are still ahead; none where the pipeline runs until it is stopped.
    ahead: Option<HashMap<(Arc<str>, i32), i64>>,
}

impl End {
    /// Looks up where `topics` end now, if that is where to end.
    pub fn start(
        context: &Context,
        consumer: &BaseConsumer<Guard>,
        topics: &[String],
        options: &Options,
    ) -> Result<End, StreamError> {
        let ahead = options.until_end.then(|| ends(context, consumer, topics, options));
        let ahead = ahead.transpose()?;
        Ok(End { max: options.max, ahead })
    }

    /// Whether the record at this place lies behind the end, and so belongs to a later run.
    pub fn excludes(&mut self, topic: &Arc<str>, partition: i32, offset: i64) -> bool {
        let Some(ahead) = &mut self.ahead else { return false };
        let place = (topic.clone(), partition);
        match ahead.get(&place) {
            Some(end) if offset < *end => false,
            _ => {
                ahead.remove(&place);
                true
            }
        }
    }

    /// The record at this place was dealt with.
    pub fn pass(&mut self, topic: &Arc<str>, partition: i32, offset: i64) {
        if let Some(ahead) = &mut self.ahead {
            let place = (topic.clone(), partition);
            if ahead.get(&place).is_some_and(|end| offset + 1 >= *end) {
                ahead.remove(&place);
            }
        }
    }

    /// The consumer read a partition of this number to its end. The last offset before it may hold
    /// no record (a transaction's marker), so [`End::pass`] alone would wait for ever.
    pub fn eof(&mut self, partition: i32) {
        if let Some(ahead) = &mut self.ahead {
            let mut same = ahead.keys().filter(|(_, number)| *number == partition);
            // librdkafka's wrapper does not say of which topic: with several it stays open.
            if let (Some(only), None) = (same.next().cloned(), same.next()) {
                ahead.remove(&only);
            }
        }
    }

    /// Whether to end now, after `consumed` records.
    pub fn reached(&self, consumed: u64, ledger: &Ledger) -> bool {
        self.max.is_some_and(|max| consumed >= max)
            || self.ahead.as_ref().is_some_and(|ahead| {
                ahead.is_empty()
                    || ledger.epoch > 0
                        && ledger.partitions().all(|(t, p)| !ahead.contains_key(&(t.clone(), p)))
            })
    }
}

fn ends(
    context: &Context,
    consumer: &BaseConsumer<Guard>,
    topics: &[String],
    options: &Options,
) -> Result<HashMap<(Arc<str>, i32), i64>, StreamError> {
    let admin = Admin::of(context)?;
    let mut known = admin.topics(context, PATIENCE)?;
    known.retain(|topic| topics.contains(&topic.name));
    let bounds = admin.watermarks(context, &known, PATIENCE)?;
    let mut list = TopicPartitionList::new();
    for place in &bounds {
        list.add_partition(&place.topic, place.partition);
    }
    let committed = consumer.committed_offsets(list, PATIENCE).map_err(|error| {
        StreamError::refused(&format!("read the offsets of group `{}`", options.group), &error)
    })?;
    let mut ahead = HashMap::new();
    for place in bounds {
        let offset = committed.find_partition(&place.topic, place.partition);
        let start = match offset.map(|found| found.offset()) {
            _ if options.reset == Reset::Rewind => place.first,
            Some(Offset::Offset(offset)) => offset,
            _ if options.reset == Reset::Latest => place.next,
            _ => place.first,
        };
        if start < place.next {
            ahead.insert((place.topic.into(), place.partition), place.next);
        }
    }
    Ok(ahead)
}
