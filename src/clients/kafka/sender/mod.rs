//! Writing many small records to many topics, each at a given moment.

mod handle;
mod listener;

pub use handle::Sender;
pub use listener::Reports;
