//! Tests of `embedded::broker`, through librdkafka.

pub mod batch;
mod codes;
mod configs;
mod faults;
pub mod fixture;
mod garbage;
mod group_versions;
mod groups;
mod growth;
mod lookup;
mod memory;
mod offsets;
mod pages;
pub mod raw;
mod rebalance;
mod records;
mod retention;
mod sequences;
mod server;
mod topic_versions;
mod topics;
pub mod transactions;
pub mod versions;
