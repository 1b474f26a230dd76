//! Kafka over librdkafka: admin, producer, consumer.

mod record;

pub use record::{Headers, Record};
