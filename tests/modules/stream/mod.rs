//! Tests of `modules/stream`.

mod avro;
mod closures;
mod poison;
mod running;
