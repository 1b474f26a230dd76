//! Tests of `embedded::broker`, through librdkafka.

mod bed;
mod configs;
mod garbage;
mod group_versions;
mod groups;
mod offsets;
mod raw;
mod records;
mod sequences;
mod server;
mod topics;
mod versions;
