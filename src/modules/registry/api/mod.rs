//! The pages a script author reads, one a noun.

pub mod address;
pub mod compatibility;
pub mod delete;
pub mod level;
pub mod mode;
pub mod payload;
pub mod register;
pub mod schemas;
pub mod subjects;
