//! Finding offsets, and deleting the records before them.

use std::time::Duration;

use rdkafka::bindings::rd_kafka_admin_op_t as Op;
use rdkafka::bindings::*;

use super::event::Event;
use super::options::Options;
use super::owned::{Owned, array};
use super::partitions::{self, Position};
use super::refusal::Refusal;
use super::run::{Call, Request};

/// The answer for each partition of a request, in no order.
pub type Found = Vec<(Position, Option<Refusal>)>;

/// Asks for the offset of the first record that is not older than a time.
pub struct ListOffsets {
    /// The partitions; `offset` is a time in milliseconds since 1970, or one of [`EARLIEST`] and
    /// [`LATEST`]. Each partition stands in it once.
    pub times: Vec<Position>,
}

/// The first record that is kept.
pub const EARLIEST: i64 = rd_kafka_OffsetSpec_t::RD_KAFKA_OFFSET_SPEC_EARLIEST as i64;
/// The next record that will be written.
pub const LATEST: i64 = rd_kafka_OffsetSpec_t::RD_KAFKA_OFFSET_SPEC_LATEST as i64;

impl Request for ListOffsets {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_LISTOFFSETS;
    const LACK: &'static str = "request to find offsets";
    /// `offset` is -1 where no record is as new as that.
    type Answer = Found;

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let list = partitions::list(&self.times)?;
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_ListOffsets(client, list.as_ptr(), options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Found, Refusal> {
        let result = event.result(rd_kafka_event_ListOffsets_result)?;
        let infos = result.list(rd_kafka_ListOffsets_result_infos);
        let parts = infos
            .into_iter()
            .filter_map(|info| info.part(rd_kafka_ListOffsetsResultInfo_topic_partition));
        Ok(parts.map(partitions::one).collect())
    }
}

/// Deletes the records before offsets.
pub struct DeleteRecords {
    /// The partitions with the first offset that stays; -1 for none.
    pub before: Vec<Position>,
    /// How long the broker may take.
    pub timeout: Duration,
}

impl Request for DeleteRecords {
    const OP: Op = Op::RD_KAFKA_ADMIN_OP_DELETERECORDS;
    const LACK: &'static str = "request to delete records";
    /// `offset` is the first one that is kept now.
    type Answer = Found;

    fn tune(&self, options: &Options) -> Result<(), Refusal> {
        options.operation_timeout(self.timeout)
    }

    fn submit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let list = partitions::list(&self.before)?;
        // SAFETY: the list is live and gets copied; the object is new and ours.
        let deletion = unsafe { Owned::take(rd_kafka_DeleteRecords_new(list.as_ptr())) };
        let deletion = deletion.ok_or_else(|| Refusal::argument("librdkafka made no deletion"))?;
        let mut deletion = [deletion];
        let (client, options, queue) = (call.client(), call.options.as_ptr(), call.queue());
        // SAFETY: all arguments live for the length of the call, which copies what it needs.
        unsafe { rd_kafka_DeleteRecords(client, array(&mut deletion), 1, options, queue) };
        Ok(())
    }

    fn read(&self, event: &Event) -> Result<Found, Refusal> {
        let result = event.result(rd_kafka_event_DeleteRecords_result)?;
        let list = result.part(rd_kafka_DeleteRecords_result_offsets);
        Ok(list.map(partitions::each).unwrap_or_default())
    }
}
