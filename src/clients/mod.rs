//! The network: Kafka, Kafka Connect and the Schema Registry. Every write passes [`authorize()`].

mod authorize;
pub mod connect;
pub mod exchange;
pub mod http;
pub mod kafka;
pub mod registry;
mod tls;

pub use authorize::{Action, authorize};
