//! Tests of `embedded`.

mod directory;
mod registry;
