//! The zero-infrastructure stack: a broker and a registry in this process, for development only.
//!
//! Production is Apache Kafka and a real Schema Registry. Here a single node keeps everything in
//! memory, and in a folder too where it is given one, speaks to loopback only and serves what
//! experiments, examples and tests need.

pub mod broker;
pub mod directory;
mod error;
pub mod registry;
mod stack;
pub mod storage;

pub use error::EmbeddedError;
pub use stack::{Stack, StackOptions};
