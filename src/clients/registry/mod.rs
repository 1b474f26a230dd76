//! The Schema Registry over HTTP.

mod answer;
mod cache;
mod compatibility;
mod error;
mod read;
mod session;
mod write;

pub use compatibility::Verdict;
pub use error::RegistryError;
pub use read::Registered;
pub use session::{Registry, Version};
