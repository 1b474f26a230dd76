//! Tests of `scripts`.

mod registry;
mod salschema;
