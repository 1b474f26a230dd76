//! The catalog of documented functions: feeds help, completion, did-you-mean and the tests.

mod function;
mod metadata;
mod page;
mod read;
mod reference;
mod types;

pub use function::{Example, Form, Function, Module};
pub use read::Catalog;
pub use types::word;
