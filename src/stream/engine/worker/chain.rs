//! The stages of a pipeline, one after the other.

use std::collections::HashMap;
use std::mem::swap;
use std::sync::Arc;
use std::time::Instant;

use crate::clients::kafka::Record;
use crate::context::Context;
use crate::error::Failure;
use crate::stream::engine::ledger::lane::Lane;
use crate::stream::engine::metrics::cost::Costs;
use crate::stream::{Message, Stage, StageError};

/// Which stage failed, and how.
pub struct Fault {
    pub stage: String,
    pub error: StageError,
}

/// The stages, with the two buffers that every record passes through.
pub struct Chain<'env> {
    stages: Vec<Box<dyn Stage + 'env>>,
    /// What came out of the last stage.
    pub messages: Vec<Message>,
    next: Vec<Message>,
    costs: Option<Costs>,
    /// When the last record had passed the stages, or failed.
    pub passed: Instant,
    /// The assignment in which each partition was seen last.
    epochs: HashMap<Arc<str>, HashMap<i32, u64>>,
}

impl<'env> Chain<'env> {
    pub fn new(stages: Vec<Box<dyn Stage + 'env>>) -> Chain<'env> {
        let (messages, next) = (Vec::new(), Vec::new());
        let (costs, passed) = (None, Instant::now());
        Chain { stages, messages, next, costs, passed, epochs: HashMap::new() }
    }

    /// The same chain, which measures what each stage of `pipeline` costs.
    pub fn measured(mut self, context: &Context, pipeline: &str) -> Result<Self, Failure> {
        let names = self.stages.iter().map(|stage| stage.name());
        self.costs = Some(Costs::start(context, pipeline, names)?);
        Ok(self)
    }

    /// The next records are of `lane`: of an assignment that begins, the stages remember nothing; of
    /// one that goes on where it was committed last, what they knew then.
    pub fn enter(&mut self, lane: &Lane) {
        let (topic, partition) = (&lane.topic, lane.partition);
        let known = self.epochs.get(topic).and_then(|partitions| partitions.get(&partition));
        if known == Some(&lane.epoch) {
            return;
        }
        let same = lane.again.filter(|again| known >= Some(&again.epoch));
        self.epochs.entry(topic.clone()).or_default().insert(partition, lane.epoch);
        self.stages.iter_mut().for_each(|stage| match same {
            Some(again) => stage.take_back(topic, partition, again.commits),
            None => stage.forget(topic, partition),
        });
    }

    /// What is made of the record in hand belongs to the transaction after so many commits.
    pub fn keep(&mut self, commits: u64) {
        self.stages.iter_mut().for_each(|stage| stage.keep(commits));
    }

    /// The record in hand comes again: no stage remembers it.
    pub fn undo(&mut self) {
        self.stages.iter_mut().for_each(|stage| stage.undo());
    }

    /// Shows what the stages cost so far: there may be nothing to do for a while.
    pub fn report(&mut self) {
        self.costs.iter_mut().for_each(Costs::report);
    }

    /// Runs `record` through all stages, from `started` on; nothing leaves the chain, and no stage
    /// remembers it, unless all of them succeed.
    pub fn apply(&mut self, record: &Record, started: Instant) -> Result<(), Fault> {
        self.messages.clear();
        self.messages.push(Message::of(record));
        self.passed = started;
        let passed = self.pass(record);
        if self.costs.is_none() {
            self.passed = Instant::now();
        }
        if passed.is_err() {
            self.undo();
        }
        passed
    }

    fn pass(&mut self, record: &Record) -> Result<(), Fault> {
        for (index, stage) in self.stages.iter_mut().enumerate() {
            let entered = self.messages.len();
            self.next.clear();
            let passed = self
                .messages
                .drain(..)
                .try_for_each(|message| stage.apply(record, message, &mut self.next));
            if let Some(costs) = &mut self.costs {
                self.passed = costs.add(index, entered, self.passed);
            }
            passed.map_err(|error| Fault { stage: stage.name().to_owned(), error })?;
            swap(&mut self.messages, &mut self.next);
        }
        Ok(())
    }
}
