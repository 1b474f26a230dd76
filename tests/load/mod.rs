//! Tests of `load`.

mod experiment;
mod generator;
mod outcome;
mod plot;
mod report;
mod schedule;
mod sequence;
mod threshold;
