//! Tests of `embedded::broker`, through librdkafka.

mod bed;
mod groups;
mod records;
