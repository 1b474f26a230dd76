//! The pages a script author reads, one a noun.

pub mod schema;
pub mod stage;
