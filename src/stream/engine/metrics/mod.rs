//! The metrics of a pipeline: what it did, what its stages cost, how it stands.

pub mod cost;
pub mod gauges;
pub mod meter;
