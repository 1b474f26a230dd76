//! Tests of `modules/stream`.

mod avro;
mod closures;
mod native;
mod poison;
mod running;
mod state;
mod stuck;
