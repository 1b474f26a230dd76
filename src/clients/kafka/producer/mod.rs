//! Writing records.

mod deliveries;
mod handle;
mod message;
mod numbered;
mod options;
mod tally;

pub use deliveries::Delivery;
pub use handle::Producer;
pub use message::Message;
pub use options::ProducerOptions;
pub use tally::{Span, Tally};
