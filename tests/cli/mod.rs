//! Tests of `cli`.

mod codes;
mod command;
mod doc;
mod end_of_up;
mod pairs;
mod run;
mod signals;
mod status_line;
mod up;
mod welcome;
mod words;
