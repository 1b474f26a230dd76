//! Tests of `stream`.

mod dead_letters;
mod faults;
mod fixture;
mod headers;
mod limits;
mod rebalance;
mod reliability;
mod reset;
mod start;
mod stop;
mod tracker;
