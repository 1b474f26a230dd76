//! Avro: schemas, plain values in and out, the Confluent wire header, compiled plans.

mod canonical;
mod decode;
mod describe;
pub mod diff;
mod encode;
mod error;
pub mod evolution;
mod fingerprint;
mod json;
mod layout;
mod logical;
pub mod plan;
mod schema;
mod shape;
mod strict;
mod union;
mod uses;
pub mod wire;

pub use decode::decode;
pub use encode::{encode, encode_part};
pub use error::AvroError;
pub use fingerprint::{Hash, fingerprint};
pub use json::{encode_json, hex, to_json};
pub use logical::integer;
pub use schema::Schema;
pub use strict::strict;
