//! Tests of `embedded`.
