//! Tests of `clients`.

mod registry;
