//! The pages a script author reads, one a noun.

pub mod experiment;
pub mod generator;
pub mod outcome;
pub mod picture;
