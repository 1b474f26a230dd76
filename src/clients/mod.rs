//! The network: Kafka, Kafka Connect, the Schema Registry and GitHub. Every write passes [`authorize()`].

mod authorize;
pub mod connect;
pub mod exchange;
pub mod github;
pub mod http;
pub mod kafka;
pub mod registry;
mod tls;

pub use authorize::{Action, authorize};
