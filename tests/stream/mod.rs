//! Tests of `stream`.

mod dead_letters;
mod exactly_once;
mod faults;
mod fixture;
mod headers;
mod limits;
mod protocols;
mod rebalance;
mod reliability;
mod reset;
mod start;
mod stop;
mod tracker;
mod undelivered;
mod workers;
