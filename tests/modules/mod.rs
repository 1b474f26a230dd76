//! Tests of `modules`.

mod avro;
mod env;
mod metrics;
mod out;
mod registry;
mod time;
