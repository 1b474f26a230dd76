//! Tests of `admin`.

mod brokers;
mod connectors;
mod groups;
mod topics;
