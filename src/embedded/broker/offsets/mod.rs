//! What a consumer group committed, at once or in transactions.

mod committed;
mod keep;
mod pending;
mod table;

pub use committed::Committed;
pub use keep::{Keeper, Kept};
pub use table::Offsets;
