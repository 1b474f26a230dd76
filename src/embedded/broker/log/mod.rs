//! The log of a partition: record batches, stored as the producer sent them.

mod batch;
mod lookup;
mod partition;
mod readers;
mod walk;

pub use batch::{Batch, Header};
pub use lookup::{Found, Wanted};
pub use partition::{Appended, Chunk, Partition, Stamp};
pub use readers::Reader;
