//! Made-up load: so far, values drawn from a schema.

mod error;
pub mod generator;

pub use error::LoadError;
