//! Producers with an id: who they are, and the sequence numbers that show a batch sent twice.

mod identity;
mod ids;
mod sequences;

pub use identity::{Identity, NOBODY};
pub use ids::ProducerIds;
pub use sequences::{Active, Sequences, Verdict};
