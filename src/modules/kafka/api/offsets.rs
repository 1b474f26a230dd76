//! Offsets, and the records that lie between them.

use rhai::plugin::*;
use rhai::{Array, Map};

use crate::clients::kafka::Admin;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, RecordsOptions, TIMEOUT};
use crate::modules::options::options;

/// Offsets.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// Tells where each partition of `topics` begins and ends.
    ///
    /// `topics` is a name or an array of names.
    ///
    /// Returns an array of maps with `topic`, `partition`, `first` (the offset of the oldest record
    /// that is kept), `next` (the offset that the next record gets) and `records` (how many lie
    /// between). An error of kind `not_found` says that a topic does not exist.
    ///
    /// ```rhai
    /// let producer = kafka::producer();
    /// kafka::create_topic("measured");
    /// producer.deliver("measured", "one");
    /// kafka::offsets("measured").map(|row| [row.first, row.next, row.records]) // => [[0, 1, 1]]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn offsets(context: NativeCallContext, topics: Dynamic) -> RhaiResultOf<Array> {
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let topics = admin.topics_named(&run, &types::topic_names(topics)?, TIMEOUT)?;
        let bounds = admin.watermarks(&run, &topics, TIMEOUT)?;
        Ok(bounds.into_iter().map(|bounds| types::watermark_map(bounds).into()).collect())
    }

    /// Tells where in each partition of `topics` a time begins.
    ///
    /// `topics` is a name or an array of names; `time` counts milliseconds since 1970 (UTC).
    ///
    /// Returns an array of maps with `topic`, `partition` and `offset`, that of the first record
    /// that is not older than `time`, or of the next one to come. An error of kind `not_found` says
    /// that a topic does not exist.
    ///
    /// ```rhai
    /// kafka::create_topic("dated");
    /// kafka::offsets("dated", time::now()).map(|row| row.offset) // => [0]
    /// ```
    #[rhai_fn(name = "offsets", volatile, return_raw)]
    pub fn offsets_at(
        context: NativeCallContext,
        topics: Dynamic,
        time: i64,
    ) -> RhaiResultOf<Array> {
        let run = call::context(&context)?;
        let admin = Admin::of(&run)?;
        let topics = admin.topics_named(&run, &types::topic_names(topics)?, TIMEOUT)?;
        let found = admin.offsets_at(&run, &topics, time, TIMEOUT)?;
        Ok(found.into_iter().map(|row| types::offset_map(row).into()).collect())
    }

    /// Deletes the oldest records of the topic `name`.
    ///
    /// `given` is a map with `before`, the first record that stays: an offset, a time as
    /// `#{ time: MILLISECONDS }`, or `"end"` to keep none; `partition`, the only one that is meant
    /// (all); `dry_run`, whether to tell only what would be deleted (false); and `timeout`, the
    /// seconds to wait for an answer (10).
    ///
    /// Returns an array of maps with `topic`, `partition`, `deleted` (how many offsets) and `first`
    /// (the first one that is kept). An error of kind `not_found` says that the topic does not
    /// exist, one of kind `invalid` that it is compacted: of those Kafka deletes no records.
    ///
    /// ```rhai
    /// kafka::create_topic("shortened");
    /// for text in ["one", "two", "three"] { kafka::producer().deliver("shortened", text); }
    /// kafka::delete_records("shortened", #{ before: 2 }).map(|row| row.first) // => [2]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn delete_records(
        context: NativeCallContext,
        name: &str,
        given: Map,
    ) -> RhaiResultOf<Array> {
        let given: RecordsOptions = options("kafka::delete_records", given)?;
        let run = call::context(&context)?;
        let before = (given.before()?, given.dry_run);
        let target = (name, given.partition);
        let done = Admin::of(&run)?.delete_records(&run, target, before, given.timeout())?;
        Ok(done.iter().map(|deletion| types::deletion_map(name, deletion).into()).collect())
    }
}
