//! Tests of the test bed, and of kafkaefd in the middle of it.

mod commands;
mod prometheus;
mod witnesses;
