//! Tests of `formats`.

mod avro;
mod bound;
mod envelope;
mod json;
pub mod sal;
