//! Tests of `cli`.

mod command;
mod run;
mod up;
mod words;
