//! Tests of `embedded::broker`, through librdkafka.

mod bed;
mod configs;
mod groups;
mod offsets;
mod records;
mod topics;
