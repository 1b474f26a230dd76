//! Tests of `modules`.

mod avro;
mod embedded;
mod env;
mod kafka;
mod metrics;
mod out;
mod registry;
mod sal;
mod stream;
mod time;
