//! Tests of `cli`.

mod codes;
mod command;
mod doc;
mod run;
mod signals;
mod up;
mod welcome;
mod words;
