//! Tests of `modules`.

mod avro;
mod embedded;
mod env;
mod kafka;
mod load;
mod metrics;
mod out;
mod registry;
mod sal;
mod stream;
mod time;
