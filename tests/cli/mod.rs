//! Tests of `cli`.

mod codes;
mod command;
mod run;
mod signals;
mod up;
mod welcome;
mod words;
