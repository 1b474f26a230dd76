//! Tests of `formats`.

mod avro;
mod bound;
mod envelope;
mod sal;
