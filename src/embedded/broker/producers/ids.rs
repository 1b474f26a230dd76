//! Ids for producers.

use std::sync::Mutex;

use kafka_protocol::ResponseError;

use crate::embedded::broker::disk::Disk;
use crate::embedded::broker::locks::lock;
use crate::embedded::storage::StorageError;

/// The table of what was given out, and the only key in it.
const TABLE: &str = "producer-ids";
const KEY: &str = "reserved";
/// The first id.
const FIRST: i64 = 1000;
/// How many ids are reserved at once, so that not each of them is written (as in Kafka, KIP-730).
const BLOCK: i64 = 1000;

/// Gives each producer its id; none is given out again, after a restart neither.
#[derive(Debug)]
pub struct ProducerIds {
    block: Mutex<Block>,
    disk: Disk,
}

#[derive(Debug)]
struct Block {
    next: i64,
    /// The first id that is not reserved yet.
    end: i64,
}

impl ProducerIds {
    /// Ids above those that `disk` says were given out.
    pub fn restore(disk: Disk) -> Result<ProducerIds, StorageError> {
        let reserved = disk.all(TABLE)?.into_iter().next().map_or(FIRST, |(_, end)| end);
        Ok(ProducerIds { block: Mutex::new(Block { next: reserved, end: reserved }), disk })
    }

    /// An id that no producer has.
    pub fn next(&self) -> Result<i64, ResponseError> {
        let mut block = lock(&self.block);
        if block.next == block.end {
            let end = block.end + BLOCK;
            self.disk.save(|changes| changes.put(TABLE, KEY, &end))?;
            block.end = end;
        }
        let id = block.next;
        block.next += 1;
        Ok(id)
    }
}
