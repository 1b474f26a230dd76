//! The same error code from the embedded broker and from Apache Kafka for the same bad request.

mod configs;
mod consumer_groups;
mod groups;
mod offsets;
mod producers;
mod records;
pub mod sample;
mod table;
mod topics;
