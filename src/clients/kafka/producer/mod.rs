//! Writing records.

mod deliveries;
mod handle;
mod message;
mod options;

pub use deliveries::Delivery;
pub use handle::Producer;
pub use message::Message;
pub use options::ProducerOptions;
