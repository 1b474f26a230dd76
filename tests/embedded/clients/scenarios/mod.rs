//! What clients do, a function each; `../table.rs` lists them.

pub mod codecs;
pub mod configs;
pub mod groups;
pub mod records;
pub mod refusals;
pub mod sharing;
pub mod topics;
pub mod transactions;
