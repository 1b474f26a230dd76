//! What tests share.

#[allow(dead_code, reason = "each room of tests uses what it needs")]
mod kafkaefd;

pub use kafkaefd::Kafkaefd;
