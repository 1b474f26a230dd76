//! The log of a partition: record batches, stored as the producer sent them.

mod batch;
mod files;
mod lookup;
mod marker;
mod partition;
mod read;
mod readers;
mod record_rules;
mod restore;
mod retention;
mod stability;
mod state;
mod walk;

pub use batch::{Batch, Header};
pub use files::{Place, folder};
pub use lookup::{Found, Wanted};
pub use marker::{Marker, Outcome};
pub use partition::{Appended, Partition, Stamp};
pub use read::{Chunk, Isolation, Span};
pub use readers::Reader;
pub use record_rules::Demands;
pub use restore::Restored;
pub use retention::Retention;
pub use stability::Aborted;
