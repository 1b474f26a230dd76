//! What groups committed, with notes.

use rhai::Array;
use rhai::plugin::*;

use crate::clients::kafka::Notes;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::kafka::types::{self, TIMEOUT};

/// What groups committed, with notes.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod kafka {
    /// What the consumer group `group` committed in `topic`, with the note at each offset.
    ///
    /// The group needs not exist.
    ///
    /// Returns an array of maps with `partition`, `offset` (the one that is read next, or `()` where
    /// the group committed nothing) and `note` (text, mostly empty). An error of kind `usage` says
    /// that there is no such topic.
    ///
    /// ```rhai
    /// kafka::create_topic("noted");
    /// kafka::committed("nobody", "noted")
    /// // => [#{"note": "", "offset": (), "partition": 0}]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn committed(context: NativeCallContext, group: &str, topic: &str) -> RhaiResultOf<Array> {
        let run = call::context(&context)?;
        let notes = Notes::of(&run, group, topic, TIMEOUT)?.read(&run)?;
        Ok(notes.into_iter().map(|note| types::note_map(note).into()).collect())
    }

    /// Commits offsets of the consumer group `group` in `topic`, each with a note.
    ///
    /// `rows` is an array of maps with `partition`, `offset` (the one to read next) and `note` (text
    /// of at most 4096 bytes; none by default), as `kafka::committed` returns them; rows without an
    /// offset are passed over. The group is made where it does not exist; it must have no members.
    ///
    /// An error says why the group did not take them.
    ///
    /// ```rhai
    /// kafka::create_topic("annotated");
    /// kafka::commit_offsets("notes", "annotated", [#{ partition: 0, offset: 3, note: "5-7" }]);
    /// kafka::committed("notes", "annotated")
    /// // => [#{"note": "5-7", "offset": 3, "partition": 0}]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn commit_offsets(
        context: NativeCallContext,
        group: &str,
        topic: &str,
        rows: Array,
    ) -> RhaiResultOf<()> {
        let run = call::context(&context)?;
        let notes = rows.into_iter().map(types::note).collect::<Result<Vec<_>, _>>()?;
        Ok(Notes::of(&run, group, topic, TIMEOUT)?.commit(&run, &notes)?)
    }
}
