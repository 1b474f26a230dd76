//! Tests of `embedded`.

mod directory;
