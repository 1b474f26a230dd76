//! The pages a script author reads, one a noun.

pub mod address;
pub mod compatibility;
pub mod payload;
pub mod schemas;
pub mod subjects;
