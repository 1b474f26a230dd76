//! Tests of `admin`.

mod brokers;
mod connectors;
mod topics;
