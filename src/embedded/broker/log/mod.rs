//! The log of a partition: record batches, stored as the producer sent them.

mod batch;
mod chunk;
mod content;
mod demands;
mod files;
mod keep;
mod lookup;
mod marker;
mod partition;
mod readers;
mod restore;
mod stability;
mod walk;

pub use batch::{Batch, Header};
pub use chunk::{Chunk, Isolation, Span};
pub use demands::Demands;
pub use files::{Place, folder};
pub use keep::Keep;
pub use lookup::{Found, Wanted};
pub use marker::{Marker, Outcome};
pub use partition::{Appended, Partition, Stamp};
pub use readers::Reader;
pub use restore::Restored;
pub use stability::Aborted;
