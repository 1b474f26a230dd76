//! Tests of `formats`.

mod avro;
mod bound;
mod envelope;
pub mod sal;
