//! Tests of `stream`.

mod bed;
mod dead_letters;
mod faults;
mod headers;
mod limits;
mod rebalance;
mod reset;
mod start;
mod stop;
mod tracker;
