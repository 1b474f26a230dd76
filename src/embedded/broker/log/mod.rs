//! The log of a partition: record batches, stored as the producer sent them.

mod batch;
mod chunk;
mod demands;
mod keep;
mod lookup;
mod marker;
mod partition;
mod readers;
mod stability;
mod walk;

pub use batch::{Batch, Header};
pub use chunk::{Chunk, Isolation, Span};
pub use demands::Demands;
pub use keep::Keep;
pub use lookup::{Found, Wanted};
pub use marker::{Marker, Outcome};
pub use partition::{Appended, Partition, Stamp};
pub use readers::Reader;
pub use stability::Aborted;
