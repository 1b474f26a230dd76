//! Pure bytes and text: no network, no Rhai.

pub mod avro;
pub mod bound;
pub mod clock;
pub mod envelope;
pub mod json;
pub mod sal;
