//! Transactions: by the byte against the rules of Kafka's coordinator, and through librdkafka's
//! producer; on the embedded broker and on a real one alike.

mod clients;
mod coordinator;
mod describe;
mod ends;
mod faults;
mod fencing;
mod log;
mod offsets;
mod pipeline;
mod records;
mod timeout;
pub mod versions;
pub mod wire;
