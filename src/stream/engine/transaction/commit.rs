//! The way to a commit: nobody sends any more, what was sent is acknowledged, offsets go with it.

use std::mem::replace;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::Consumer as _;

use super::caller::Order;
use super::cycle::{Around, Cycle};
use super::doubt::Doubt;
use super::phase::{Phase, With};
use crate::clients::kafka::generation;
use crate::stream::StreamError;
use crate::stream::engine::delivery::Turn;
use crate::stream::engine::ledger::desk::Shared;

impl Cycle {
    /// `Closing`: commits when what was begun is finished and acknowledged.
    pub(super) fn closing(
        &mut self,
        around: Around<'_>,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        if !around.door.empty(wait) {
            return Ok(Turn::On);
        }
        if around.desk.lock().torn {
            // Half of what was made of an input must not be committed.
            self.take_back(around, With::SameProducer);
            return Ok(Turn::On);
        }
        if !all_reported(around.desk, wait) {
            return Ok(Turn::On);
        }
        let offsets = {
            let ledger = around.desk.lock();
            if ledger.trouble() {
                // The last report was a bad one: the next step sees to it.
                return Ok(Turn::On);
            }
            ledger.uncommitted()
        };
        if offsets.count() == 0 {
            self.phase = Phase::Open;
            return Ok(Turn::On);
        }
        let consumer = around.consumer;
        let group = consumer.group_metadata();
        // In this order: who was put out of the group after the second look is refused by the broker.
        let member = generation(consumer.client()).is_some() && !consumer.assignment_lost();
        match group {
            Some(group) if member => {
                self.caller.order(Order::Commit(offsets.clone(), Arc::new(group)));
                self.phase = Phase::Committing(offsets);
            }
            _ => self.abort(around, "this member was put out of its group", With::SameProducer)?,
        }
        Ok(Turn::On)
    }

    /// `Committing`: awaits the answer.
    pub(super) fn committing(
        &mut self,
        around: Around<'_>,
        wait: Duration,
    ) -> Result<Turn, StreamError> {
        match self.caller.answer(wait) {
            None => return Ok(Turn::On),
            Some(Ok(())) => {}
            Some(Err(error)) => {
                if let Phase::Committing(offsets) = replace(&mut self.phase, Phase::Closing) {
                    self.doubt = Doubt::Whole(offsets);
                }
                self.call_failed(around, &error)?;
                return Ok(Turn::On);
            }
        }
        if let Phase::Committing(offsets) = replace(&mut self.phase, Phase::Open) {
            around.desk.lock().committed(&offsets);
            around.consumer.context().rewound.commit(&self.group, &offsets);
            tracing::debug!(group = self.group, partitions = offsets.count(), "committed");
        }
        self.aborts.committed();
        Ok(Turn::Committed)
    }
}

/// Whether everything that was sent is reported on; waits a little for that.
fn all_reported(desk: &Shared, wait: Duration) -> bool {
    let all_reported = || desk.lock().all_reported();
    if !all_reported() {
        desk.wait_for_report(wait);
    }
    all_reported()
}
