//! What tests share.

#[allow(dead_code, reason = "each room of tests uses what it needs")]
mod kafkaefd;
mod running;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
mod stack;

pub use kafkaefd::Kafkaefd;
pub use running::Running;
pub mod tls;
pub use stack::Stack;
