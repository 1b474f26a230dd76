//! Avro in the wire format, read and written by the registry's schemas.

mod decode;
mod encode;
mod fault;

pub use decode::decode;
pub use encode::encode;
