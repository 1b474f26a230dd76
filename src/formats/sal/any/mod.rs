//! Any values that the fields of a SAL topic can hold, for tests of what reads and writes them.

mod draw;
mod value;

pub use draw::{Bytes, Draw};
pub use value::any;
