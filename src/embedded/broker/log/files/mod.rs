//! The files of a partition: its batches one after the other, as they are served.

mod place;
mod recover;
mod segments;
mod stored;

pub use place::{Place, folder};
pub use recover::Recovered;
pub use segments::Segments;
