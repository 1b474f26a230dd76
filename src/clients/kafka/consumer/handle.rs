//! The consumer: the next record, commit, close.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer as _};
use rdkafka::error::KafkaError as Raw;
use rdkafka::types::RDKafkaErrorCode as Code;

use super::ConsumerOptions;
use super::progress::Progress;
use super::start::plan;
use crate::clients::kafka::config::refused as client_refused;
use crate::clients::kafka::release::{goodbye, release};
use crate::clients::kafka::reporter::Reporter;
use crate::clients::kafka::wait::{SLICE, Wait, refused};
use crate::clients::kafka::{KafkaError, Record};
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::Failure;

/// How long a group may take to assign partitions, on top of the consumer's own timeout.
const JOINING: Duration = Duration::from_secs(10);

/// Reads records. Clones are the same consumer with the same position.
///
/// Without a group it assigns itself all partitions and commits nothing. With one it commits a
/// record once the next is asked for; when the last clone is dropped it leaves the group.
#[derive(Clone)]
pub struct Consumer(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) client: Option<Arc<BaseConsumer<Reporter>>>,
    pub(super) reporter: Reporter,
    pub(super) attempt: String,
    pub(super) options: ConsumerOptions,
    pub(super) progress: Mutex<Progress>,
    /// Where reading starts, where that was fixed when the consumer was made.
    pub(super) starts: Vec<(String, i32, i64)>,
}

impl Consumer {
    /// A consumer of `topics`: names, or patterns that start with `^`.
    ///
    /// Fails where a named topic does not exist, no broker answers, or the options contradict each
    /// other.
    pub fn new(
        context: &Context,
        topics: &[String],
        options: ConsumerOptions,
    ) -> Result<Consumer, Failure> {
        if let Some(group) = &options.group {
            authorize(context, &Action::CommitOffsets(group.clone()))?;
        }
        let mut config = options.to_config(context)?;
        let plan = plan(context, topics, &options)?;
        if topics.iter().all(|name| name.starts_with('^') && !name.starts_with("^_")) {
            config.set("topic.blacklist", "^_");
        }
        let reporter = Reporter::of(context);
        // The cluster has just answered: from now on a lost connection is waited for.
        reporter.well();
        let client: BaseConsumer<Reporter> = config
            .create_with_context(reporter.clone())
            .map_err(|error| client_refused("make a consumer", &error))?;
        let names: Vec<&str> = topics.iter().map(String::as_str).collect();
        match &plan.assignment {
            Some(assignment) => client.assign(assignment),
            None => client.subscribe(&names),
        }
        .map_err(|error| client_refused("make a consumer", &error))?;
        Ok(Consumer(Arc::new(Inner {
            client: Some(Arc::new(client)),
            reporter,
            attempt: format!("consume `{}`", names.join("`, `")),
            options,
            progress: Mutex::new(Progress::new(plan.ends, plan.until)),
            starts: plan.starts,
        })))
    }

    /// The next record; none when reading has come to its end (see [`ConsumerOptions`]). The record
    /// before it counts as processed.
    pub fn next(&self, context: &Context) -> Result<Option<Record>, Failure> {
        self.next_or(context, || ())
    }

    /// The same; calls `idle` now and then while it waits for the record.
    pub fn next_or(
        &self,
        context: &Context,
        mut idle: impl FnMut(),
    ) -> Result<Option<Record>, Failure> {
        let mut progress = self.0.lock();
        self.0.move_on(&mut progress);
        let max = self.0.options.max.unwrap_or(u64::MAX);
        if progress.finished || progress.count >= max || progress.complete() {
            self.0.finish(&mut progress);
            return Ok(None);
        }
        let since = Instant::now();
        let forever = Duration::MAX;
        let wait = Wait::new(context, &self.0.attempt, forever, &self.0.reporter);
        // The first look takes only what is at hand.
        let mut slice = Duration::ZERO;
        loop {
            match self.0.poll(&mut progress, &wait, slice)? {
                Some(record) => return Ok(Some(record)),
                None if self.0.ended(&mut progress, since, &wait)? => {
                    self.0.finish(&mut progress);
                    return Ok(None);
                }
                None => wait.check()?,
            }
            idle();
            slice = SLICE;
        }
    }

    /// Whether it reads as the member of a group, whose offsets it commits.
    pub fn is_member(&self) -> bool {
        self.0.options.group.is_some()
    }

    /// Commits everything handed out so far, the last record included, and waits until the group
    /// has it. Without a group there is nothing to commit.
    pub fn commit(&self, context: &Context) -> Result<(), Failure> {
        let Some(group) = &self.0.options.group else { return Ok(()) };
        authorize(context, &Action::CommitOffsets(group.clone()))?;
        self.0.move_on(&mut self.0.lock());
        let Some(client) = self.0.client.clone() else { return Ok(()) };
        let attempt = format!("commit offsets of group `{group}`");
        let wait = Wait::new(context, &attempt, self.0.options.patience, &self.0.reporter);
        let call = move || match client.commit_consumer_state(CommitMode::Sync) {
            Err(Raw::ConsumerCommit(Code::NoOffset)) => Ok(()),
            other => other,
        };
        Ok(wait.blocking(|| (), call)?)
    }
}

impl Inner {
    pub(super) fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores the offset of the last record for the next commit: the script has moved on from it.
    pub(super) fn move_on(&self, progress: &mut Progress) {
        let (Some(last), Some(client)) = (progress.last.take(), &self.client) else { return };
        if self.options.group.is_some() && progress.commits(&last) {
            // An error means that the partition went to another member, which reads it again.
            let _ = client.store_offset(last.topic(), last.partition(), last.offset());
        }
    }

    fn finish(&self, progress: &mut Progress) {
        if !progress.finished && self.options.group.is_some() {
            // Asynchronous: leaving the group waits for it. No stored offset is no error.
            let _ = self.client.as_ref().map(|c| c.commit_consumer_state(CommitMode::Async));
        }
        progress.finished = true;
    }

    /// One look for a record, at most `slice` long.
    pub(super) fn poll(
        &self,
        progress: &mut Progress,
        wait: &Wait<'_>,
        slice: Duration,
    ) -> Result<Option<Record>, KafkaError> {
        let Some(client) = &self.client else { return Ok(None) };
        if let Some(record) = progress.early.pop_front() {
            progress.last = Some(record.clone());
            return Ok(Some(record));
        }
        match client.poll(slice) {
            None => Ok(None),
            Some(Ok(message)) => {
                self.reporter.well();
                Ok(progress.take(&message))
            }
            Some(Err(Raw::PartitionEOF(partition))) => {
                self.reporter.well();
                let assigned = assigned(client);
                let same = assigned.iter().filter(|(_, number)| *number == partition).count();
                *progress.caught_up.entry(partition).or_default() += 1;
                progress.end_of(partition, same);
                Ok(None)
            }
            Some(Err(error)) => match error.rdkafka_error_code() {
                Some(code) if self.fails(code, &error) => Err(refused(&self.attempt, code)),
                Some(Code::Authentication | Code::SSL) => Err(wait.timed_out()),
                _ => Ok(None),
            },
        }
    }

    /// Whether `code` ends the consumer; connections that come and go do not.
    fn fails(&self, code: Code, error: &Raw) -> bool {
        match code {
            // Without a group nothing is asked of the coordinator that matters.
            Code::GroupAuthorizationFailed => self.options.group.is_some(),
            Code::UnknownTopicOrPartition
            | Code::UnknownTopic
            | Code::UnknownPartition
            | Code::TopicAuthorizationFailed
            | Code::AutoOffsetReset
            | Code::OffsetOutOfRange
            | Code::PollExceeded => true,
            _ => matches!(error, Raw::MessageConsumptionFatal(_)),
        }
    }

    /// Whether reading is over while no record comes.
    fn ended(
        &self,
        progress: &mut Progress,
        since: Instant,
        wait: &Wait<'_>,
    ) -> Result<bool, KafkaError> {
        if progress.complete() {
            return Ok(true);
        }
        let Some(client) = &self.client else { return Ok(true) };
        let assigned = assigned(client);
        progress.assigned |= !assigned.is_empty();
        if progress.complete_for(&assigned) {
            return Ok(true);
        }
        let Some(timeout) = self.options.timeout else { return Ok(false) };
        let joining = if progress.assigned { Duration::ZERO } else { JOINING };
        if since.elapsed() < timeout + joining {
            return Ok(false);
        }
        match self.reporter.trouble(&self.attempt) {
            // Nothing came because nobody could be asked: that is not the end of the topic.
            Some(_) => Err(wait.timed_out()),
            None => Ok(true),
        }
    }
}

/// The partitions that the consumer reads now.
pub(super) fn assigned(client: &BaseConsumer<Reporter>) -> Vec<(Arc<str>, i32)> {
    client.assignment().map_or_else(
        |_| Vec::new(),
        |list| list.elements().iter().map(|e| (e.topic().into(), e.partition())).collect(),
    )
}

impl Drop for Inner {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        let member = self.options.group.is_some();
        // A member commits and says goodbye, so that the others get its partitions at once.
        let patience = if member { Duration::from_secs(5) } else { Duration::from_millis(300) };
        release(patience, move || {
            if member {
                let _ = client.commit_consumer_state(CommitMode::Sync);
                goodbye(&client);
            }
            drop(client);
        });
    }
}
