//! Tests of `load`.

mod experiment;
mod generator;
mod outcome;
mod schedule;
mod sequence;
mod threshold;
