//! Tests of `cli`.

mod command;
mod run;
mod words;
