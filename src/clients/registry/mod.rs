//! The Schema Registry over HTTP, by Confluent's API.

mod answer;
mod cache;
mod call;
mod compatibility;
mod each;
mod error;
mod kind;
mod level;
mod mode;
mod read;
mod reasons;
mod session;
mod subjects;
mod version;
mod write;

pub use compatibility::Verdict;
pub use each::{Done, Outcome, Registering, Registration};
pub use error::RegistryError;
pub use kind::SchemaType;
pub use mode::Mode;
pub use read::Identified;
pub use session::Registry;
pub use subjects::{Details, Listing, Subject, Use};
pub use version::{Definition, Draft, Reference, Registered, Version};
pub use write::Terms;
