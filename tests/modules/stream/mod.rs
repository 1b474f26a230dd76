//! Tests of `modules/stream`.

mod closures;
mod poison;
mod running;
