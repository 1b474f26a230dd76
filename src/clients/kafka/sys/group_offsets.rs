//! What consumer groups committed: reading, setting and deleting it.

use rdkafka::bindings::rd_kafka_admin_op_t as Op;
use rdkafka::bindings::*;

use super::event::Event;
use super::owned::{Owned, array};
use super::partitions::{self, Position};
use super::read::{Lent, c_text};
use super::refusal::Refusal;
use super::run::{Call, Request};

/// What became of each partition of a request.
pub type Partitions = Vec<(Position, Result<(), Refusal>)>;

/// Reads what a group committed. The answer has only partitions with an offset.
#[derive(Clone)]
pub struct ListGroupOffsets {
    /// The group.
    pub group: String,
}

impl Request for ListGroupOffsets {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS;
    const LACK: &'static str = "offsets of consumer groups";
    type Answer = Partitions;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let name = c_text(&self.group)?;
        // SAFETY: the name is live and gets copied, null asks for all; the object is new and ours.
        let asked = unsafe {
            Owned::take(rd_kafka_ListConsumerGroupOffsets_new(name.as_ptr(), std::ptr::null()))
        };
        let asked = asked.ok_or_else(|| Refusal::argument("the group has no name"))?;
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        let mut asked = [asked];
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe {
            rd_kafka_ListConsumerGroupOffsets(client, array(&mut asked), 1, options, queue);
        }
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Partitions, Refusal> {
        let result = event.result(rd_kafka_event_ListConsumerGroupOffsets_result)?;
        let mut partitions =
            of_group(&result.list(rd_kafka_ListConsumerGroupOffsets_result_groups))?;
        partitions.retain(|(position, outcome)| position.offset >= 0 || outcome.is_err());
        Ok(partitions)
    }
}

/// Commits offsets for a group from outside of it.
#[derive(Clone)]
pub struct AlterGroupOffsets {
    /// The group, without members.
    pub group: String,
    /// The offsets.
    pub positions: Vec<Position>,
}

impl Request for AlterGroupOffsets {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS;
    const LACK: &'static str = "request to commit offsets";
    type Answer = Partitions;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let (name, list) = (c_text(&self.group)?, partitions::list(&self.positions)?);
        // SAFETY: name and list are live and get copied; the object is new and ours.
        let wanted = unsafe {
            Owned::take(rd_kafka_AlterConsumerGroupOffsets_new(name.as_ptr(), list.as_ptr()))
        };
        let wanted = wanted.ok_or_else(|| Refusal::argument("no offset is given"))?;
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        let mut wanted = [wanted];
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe {
            rd_kafka_AlterConsumerGroupOffsets(client, array(&mut wanted), 1, options, queue);
        }
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Partitions, Refusal> {
        let result = event.result(rd_kafka_event_AlterConsumerGroupOffsets_result)?;
        of_group(&result.list(rd_kafka_AlterConsumerGroupOffsets_result_groups))
    }
}

/// Forgets what a group committed for some partitions. Only for brokers that have the group:
/// librdkafka ends the process where a broker does not know `OffsetDelete`.
#[derive(Clone)]
pub struct DeleteGroupOffsets {
    /// The group.
    pub group: String,
    /// The partitions; the offsets count for nothing.
    pub positions: Vec<Position>,
}

impl Request for DeleteGroupOffsets {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DELETECONSUMERGROUPOFFSETS;
    const LACK: &'static str = "request to delete offsets of consumer groups";
    type Answer = Partitions;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let (name, list) = (c_text(&self.group)?, partitions::list(&self.positions)?);
        // SAFETY: name and list are live and get copied; the object is new and ours.
        let wanted = unsafe {
            Owned::take(rd_kafka_DeleteConsumerGroupOffsets_new(name.as_ptr(), list.as_ptr()))
        };
        let wanted = wanted.ok_or_else(|| Refusal::argument("no partition is given"))?;
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        let mut wanted = [wanted];
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe {
            rd_kafka_DeleteConsumerGroupOffsets(client, array(&mut wanted), 1, options, queue);
        }
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Partitions, Refusal> {
        let result = event.result(rd_kafka_event_DeleteConsumerGroupOffsets_result)?;
        of_group(&result.list(rd_kafka_DeleteConsumerGroupOffsets_result_groups))
    }
}

/// The partitions of the one group of an answer.
fn of_group(groups: &[Lent<'_, rd_kafka_group_result_t>]) -> Result<Partitions, Refusal> {
    let Some(group) = groups.first() else {
        return Ok(Vec::new());
    };
    if let Some(refusal) = Refusal::lent(group.part(rd_kafka_group_result_error)) {
        return Err(refusal);
    }
    let list = group.part(rd_kafka_group_result_partitions);
    let partitions = list.map(partitions::each).unwrap_or_default();
    Ok(partitions.into_iter().map(|(at, refusal)| (at, refusal.map_or(Ok(()), Err))).collect())
}
