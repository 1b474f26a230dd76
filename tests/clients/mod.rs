//! Tests of `clients`.

mod registry;
mod tls;
