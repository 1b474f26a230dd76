//! Tests of `load`.

mod generator;
mod schedule;
