//! A TCP proxy that makes the network between a client and a server fail as a test tells it to.
//!
//! - `fault`: what can go wrong, and what goes wrong now.
//! - `server`: the port, one task a connection.
//! - `pump`: one way of a connection, from what is read to what is passed on.
//! - `kafka`: answers that name brokers name the proxy in their place, so that clients come back.

mod fault;
mod kafka;
mod pump;
mod server;

pub use fault::Fault;
pub use server::Proxy;
