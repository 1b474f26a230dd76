//! Tests of `clients`.

mod connect;
mod kafka;
mod registry;
mod tls;
