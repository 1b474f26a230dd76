//! When the oldest records were written that groups have not read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError as Raw, KafkaResult};
use rdkafka::message::Message;
use rdkafka::util::Timeout;
use rdkafka::{Offset, TopicPartitionList};

use crate::clients::kafka::KafkaError;
use crate::clients::kafka::config::{client_config, refused};
use crate::clients::kafka::release::release;
use crate::clients::kafka::reporter::Reporter;
use crate::clients::kafka::wait::{SLICE, Wait};
use crate::context::Context;
use crate::error::Failure;

/// Offsets by topic and partition.
pub type Places = BTreeMap<(String, i32), BTreeSet<i64>>;

/// When the first record at or after an offset was written, in milliseconds since 1970; none where
/// there is no record. Offsets whose record did not come in time are missing.
pub type Times = HashMap<(String, i32, i64), Option<i64>>;

/// Reading on is faster than jumping where the next place is nearer than so many records.
const NEAR: i64 = 50;

/// Reads one record at each of `places`, all partitions at once, for at most `timeout`.
pub fn oldest(
    context: &Context,
    places: &Places,
    (attempt, timeout): (&str, Duration),
) -> Result<Times, Failure> {
    if places.is_empty() {
        return Ok(Times::new());
    }
    let reporter = Reporter::default();
    // The cluster has just answered: from now on a lost connection is waited for.
    reporter.well();
    let reader = reader(context, places, reporter.clone())?;
    let wait = Wait::new(context, attempt, timeout, &reporter);
    let mut search = Search { open: places.clone(), ends: HashMap::new(), found: Times::new() };
    let outcome = search.run(&reader, &wait);
    release(Duration::from_millis(300), move || drop(reader));
    outcome?;
    Ok(search.found)
}

/// A consumer that is about to read at the first place of each partition.
fn reader(
    context: &Context,
    places: &Places,
    reporter: Reporter,
) -> Result<BaseConsumer<Reporter>, Failure> {
    let mut config = client_config(context)?;
    config
        // Assigning partitions needs a group's name in librdkafka, though none is joined.
        .set("group.id", "kafkaefd")
        .set("enable.auto.commit", "false")
        .set("enable.auto.offset.store", "false")
        // What a group had not read may be gone: then the oldest record that is kept counts.
        .set("auto.offset.reset", "earliest")
        .set("enable.partition.eof", "true")
        // A group that waits for a transaction is behind what the transaction has written.
        .set("isolation.level", "read_uncommitted")
        // One record a partition is wanted, at once.
        .set("queued.min.messages", "1")
        .set("max.partition.fetch.bytes", "65536")
        .set("fetch.wait.max.ms", "10")
        // By default a queue that is full is looked at again a second later.
        .set("fetch.queue.backoff.ms", "5");
    let client: BaseConsumer<Reporter> =
        config.create_with_context(reporter).map_err(|error| refused("make a consumer", &error))?;
    let mut list = TopicPartitionList::with_capacity(places.len());
    let assigned = places.iter().try_for_each(|((topic, partition), offsets)| {
        let first = offsets.first().copied().unwrap_or_default();
        list.add_partition_offset(topic, *partition, Offset::Offset(first))
    });
    assigned
        .and_then(|()| client.assign(&list))
        .map_err(|error| refused("make a consumer", &error))?;
    Ok(client)
}

struct Search {
    open: Places,
    /// How often the end of a partition of this number was reached since the last record.
    ends: HashMap<i32, usize>,
    found: Times,
}

impl Search {
    /// Reads until all is found or the time is over.
    fn run(&mut self, reader: &BaseConsumer<Reporter>, wait: &Wait<'_>) -> Result<(), KafkaError> {
        while !self.open.is_empty() {
            match wait.check() {
                Ok(()) => {}
                Err(stopped @ KafkaError::Stopped { .. }) => return Err(stopped),
                Err(_) => break,
            }
            match reader.poll(SLICE) {
                Some(Ok(record)) => {
                    let time = record.timestamp().to_millis();
                    let place = (record.topic().to_owned(), record.partition());
                    if self.take(&place, record.offset(), time) {
                        // A failure costs time at most: the partition is read on.
                        let _ = self.move_on(reader, place, record.offset());
                    }
                }
                Some(Err(Raw::PartitionEOF(partition))) => self.end(partition),
                _ => {}
            }
        }
        Ok(())
    }

    /// Notes a record that was written at `time`; whether it was the first at an open place.
    fn take(&mut self, place: &(String, i32), offset: i64, time: Option<i64>) -> bool {
        let Some(offsets) = self.open.get_mut(place) else { return false };
        let later = offsets.split_off(&(offset + 1));
        let reached = std::mem::replace(offsets, later);
        if let (false, Some(time)) = (reached.is_empty(), time) {
            for offset in &reached {
                self.found.insert((place.0.clone(), place.1, *offset), Some(time));
            }
        }
        !reached.is_empty()
    }

    /// Stops a partition where nothing is left to find, or jumps to the next place.
    fn move_on(
        &mut self,
        reader: &BaseConsumer<Reporter>,
        place: (String, i32),
        offset: i64,
    ) -> KafkaResult<()> {
        let next = self.open.get(&place).and_then(|offsets| offsets.first().copied());
        let (topic, partition) = (place.0.as_str(), place.1);
        match next {
            None => {
                let mut list = TopicPartitionList::new();
                list.add_partition(topic, partition);
                self.open.remove(&place);
                reader.pause(&list)?;
                self.settle(partition);
                Ok(())
            }
            Some(next) if next - offset > NEAR => {
                let now = Timeout::After(Duration::ZERO);
                reader.seek(topic, partition, Offset::Offset(next), now)
            }
            Some(_) => Ok(()),
        }
    }

    /// The end of a partition was reached; librdkafka tells only its number.
    fn end(&mut self, partition: i32) {
        *self.ends.entry(partition).or_default() += 1;
        self.settle(partition);
    }

    /// When all open partitions of this number have ended, there is no record left in any of them.
    fn settle(&mut self, partition: i32) {
        let open = self.open.keys().filter(|(_, number)| *number == partition);
        let open: Vec<_> = open.cloned().collect();
        if self.ends.get(&partition).is_none_or(|ends| *ends < open.len()) {
            return;
        }
        for place in open {
            for offset in self.open.remove(&place).unwrap_or_default() {
                self.found.insert((place.0.clone(), partition, offset), None);
            }
        }
    }
}
