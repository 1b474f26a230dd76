//! Tests of `load`.

mod generator;
