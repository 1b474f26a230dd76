//! Tests of `cli`.

mod codes;
mod command;
mod doc;
mod pairs;
mod run;
mod signals;
mod up;
mod welcome;
mod words;
