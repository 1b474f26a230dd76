//! Tests of `modules`.

mod env;
mod out;
mod time;
