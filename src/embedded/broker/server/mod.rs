//! From the socket to the API that answers.

mod broker;
mod connection;
mod control;
mod dispatch;
mod door;

pub use broker::Broker;
pub use control::Control;
