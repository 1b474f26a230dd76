//! Pure bytes and text: no network, no Rhai.

pub mod avro;
pub mod sal;
