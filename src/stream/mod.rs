//! Consume, transform, produce: the engine and its delivery guarantee.
//!
//! A [`Pipeline`] reads topics as one member of a consumer group, runs every record through its
//! [`Stage`]s and produces what comes out. The promise is *at least once*: an input's offset is
//! committed only after every record made from it was acknowledged, and a record that cannot be
//! processed is written, byte for byte, to a dead-letter topic first. With
//! [`Delivery::ExactlyOnce`] all three are one transaction of Kafka's.

mod engine;
mod error;
mod message;
mod options;
mod pipeline;
mod running;
mod stage;
pub mod stages;
mod summary;

pub use engine::{Tracker, TransactionError, Transactions};
pub use error::StreamError;
pub use message::Message;
pub use options::{Delivery, GroupProtocol, Options, Reset};
pub use pipeline::{Pipeline, run_all};
pub use running::Running;
pub use stage::{Stage, StageError, StageSpec};
pub use summary::Summary;
