//! SAL: interfaces (XML), layouts (Avro schemas made from them), text messages.

pub mod any;
pub mod interfaces;
pub mod layout;
pub mod text;

mod error;

pub use error::SalError;
