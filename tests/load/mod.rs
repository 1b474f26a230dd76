//! Tests of `load`.

mod generator;
mod outcome;
mod schedule;
mod sequence;
mod threshold;
