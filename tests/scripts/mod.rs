//! Tests of `scripts`.

mod registry;
