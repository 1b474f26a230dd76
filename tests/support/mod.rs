//! What tests share.

#[allow(dead_code, reason = "each room of tests uses what it needs")]
pub mod archive;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
mod bed;
mod connect;
#[allow(unused_imports, unused_macros, reason = "each room of tests uses what it needs")]
mod each;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
mod fake;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
pub mod form;
pub mod github;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
pub mod http;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
mod kafkaefd;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
pub mod prometheus;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
pub mod proxy;
mod running;
mod shell;
#[allow(dead_code, reason = "each room of tests uses what it needs")]
mod stack;
pub mod tls;

pub use bed::Bed;
pub use connect::ConnectDouble;
#[allow(unused_imports, reason = "each room of tests uses what it needs")]
pub(crate) use each::{on_bed, on_each_registry, on_each_stack};
pub use fake::{Fake, catching};
pub use http::get;
pub use kafkaefd::Kafkaefd;
pub use running::Running;
pub use shell::Shell;
pub use stack::Stack;
