//! Tests of `modules`.

mod env;
mod metrics;
mod out;
mod time;
