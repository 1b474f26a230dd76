//! What a consumer group committed, at once or in transactions.

mod committed;
mod pending;
mod table;

pub use committed::Committed;
pub use table::Offsets;
