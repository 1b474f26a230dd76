//! Tests of `embedded`.

pub mod broker;
mod directory;
mod registry;
mod storage;
