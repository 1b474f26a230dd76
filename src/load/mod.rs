//! Made-up load: values drawn from a schema, moments when to send them, and experiments that do.

mod error;
pub mod generator;
pub mod pacer;
pub mod schedule;

pub use error::LoadError;
