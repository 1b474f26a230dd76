//! Tests of `embedded`.

pub mod broker;
mod clients;
mod directory;
mod registry;
mod storage;
