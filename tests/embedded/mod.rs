//! Tests of `embedded`.

mod broker;
mod directory;
mod registry;
