//! SAL: interfaces (XML), layouts (Avro schemas made from them), text messages.

pub mod interfaces;
pub mod layout;
pub mod mock;
pub mod text;

mod error;

pub use error::SalError;
