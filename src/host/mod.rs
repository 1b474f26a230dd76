//! The Rhai engine: how it is built and limited, and how scripts are found, read, run and reported.

mod engine;

pub use engine::build;
