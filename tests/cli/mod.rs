//! Tests of `cli`.

mod command;
mod run;
mod signals;
mod up;
mod welcome;
mod words;
