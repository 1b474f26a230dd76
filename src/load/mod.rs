//! Load: values drawn from a schema, moments when to send them, experiments that do, and what they
//! measure.

mod error;
pub mod experiment;
pub mod generator;
pub mod manifest;
pub mod mock;
pub mod outcome;
pub mod pacer;
pub mod plot;
pub mod report;
pub mod schedule;
pub mod sequence;
pub mod threshold;

pub use error::LoadError;
pub use outcome::Outcome;
