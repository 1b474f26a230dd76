//! Tests of `formats`.

mod avro;
mod sal;
