//! Tests of `stream`.

mod bed;
mod dead_letters;
mod faults;
mod limits;
mod start;
mod stop;
mod tracker;
