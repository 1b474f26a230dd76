//! The page a script author reads.

pub mod configs;
pub mod connectors;
pub mod offsets;
pub mod plugins;
pub mod states;
pub mod tasks;
pub mod topics;
pub mod workers;
