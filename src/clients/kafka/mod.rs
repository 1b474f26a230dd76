//! Kafka over librdkafka: admin, producer, consumer.

mod admin;
mod block;
mod codes;
mod config;
mod consumer;
pub mod dead_letter;
mod error;
mod notes;
mod oauth;
mod payload;
mod probe;
mod producer;
mod reason;
mod record;
mod release;
mod reporter;
mod sender;
mod sys;
mod trust;
mod version;
mod wait;

pub use admin::{
    Admin, Before, Broker, Chosen, Cluster, ConfigChanges, ConfigEntry, ConfigSynonym, Coordinator,
    Created, Deletion, Group, ListedGroup, Member, Move, NewTopic, Overrides, Partition,
    PartitionLag, Reset, Target, Topic, Watermarks,
};
pub use admin::{acls, users};
pub use block::Block;
pub use codes::words;
pub use config::{beat_often_if_embedded, client_config};
pub use consumer::{Consumer, ConsumerOptions, Start, Until};
pub use error::KafkaError;
pub use notes::{Note, Notes};
pub use oauth::Tokens;
pub use payload::Payload;
pub use probe::listen;
pub use producer::{Delivery, Message, Producer, ProducerOptions, Span, Tally};
pub use rdkafka::types::RDKafkaErrorCode as Code;
pub use record::{Headers, Record};
pub use release::{goodbye, release};
pub use reporter::Reporter;
pub use sender::{Reports, Sender};
pub use sys::{Acl, Parts, generation, known_end};

pub use version::librdkafka_version;
pub use wait::refused;
