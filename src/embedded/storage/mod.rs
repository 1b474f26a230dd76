//! What a stack keeps in a folder (`kafkaefd up --data DIR`), so that it is there after a restart.
//!
//! ```text
//! DIR/lock                                    held while a stack uses DIR; its process number
//! DIR/journal                                 topics, settings, offsets, transactions, schemas
//! DIR/log/TOPIC-ID/PARTITION/BASE-OFFSET.log  record batches, as they are served
//! ```
//!
//! All of it is in memory too, and only read when a stack starts. So the small state needs no
//! database but an order: each set of changes is a line at the end of the journal, written before
//! the request that made it is acknowledged, all of it or nothing.
//!
//! A process that is killed loses nothing that was acknowledged: what was written is in the
//! system's hands. Nothing waits for the disk, as in Kafka, so a power cut may take the last
//! seconds with it.

mod changes;
mod error;
mod folder;
mod journal;
mod line;
mod store;
mod tables;

pub use changes::Changes;
pub use error::StorageError;
pub use store::Storage;
