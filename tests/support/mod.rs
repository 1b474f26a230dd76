//! What tests share.

#[allow(dead_code, reason = "each room of tests uses what it needs")]
mod kafkaefd;
mod running;

pub use kafkaefd::Kafkaefd;
pub use running::Running;
pub mod tls;
