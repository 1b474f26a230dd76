//! Tests of `admin`.

mod brokers;
mod topics;
