//! A single-node Kafka broker in this process, for development only.
