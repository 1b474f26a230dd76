//! Tests of `formats`.

mod avro;
