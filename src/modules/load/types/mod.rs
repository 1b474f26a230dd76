//! Handles, options and conversions.

mod experiment;
mod generator;
mod options;
pub mod outcome;
mod rate;

pub use experiment::Experiment;
pub use generator::{Generator, GeneratorOptions, generator, now};
pub use options::{Given, GivenFeed, GivenIntake, topics};
