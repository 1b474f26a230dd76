//! What a script says about itself, read without running it: `//!`, `const ARGS`, `needs`.

mod map;
mod read;
mod spec;

pub use read::{Header, title};
pub use spec::{ArgSpec, ArgType};
