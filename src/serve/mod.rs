//! The HTTP endpoint for metrics and health, and the metrics themselves.

pub mod health;
pub mod metrics;
mod server;
mod summary;

pub use server::{DEFAULT_PORT, Port, ServeError, Server};
