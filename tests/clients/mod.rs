//! Tests of `clients`.

mod kafka;
mod registry;
mod tls;
