//! A single-node Kafka broker in this process, for development only.
//!
//! It speaks Kafka's wire protocol over TCP on 127.0.0.1, so every Kafka client works with it.
//! From the socket inwards:
//!
//! - `server`, `door`, `connection`: the threads, the port, one task a client.
//! - `status`, `connections`, `pulse`: what it holds and who is there, for one who watches.
//! - `frame`, `versions`, `bounds`, `call`, `dispatch`: bytes to requests, requests to the API that
//!   answers.
//! - `api`: one file an API, named as in Kafka's protocol guide.
//! - `topics`, `log`, `producers`: topics, their partitions, what producers may append.
//! - `disk`: what is kept over a restart, if anything is. Each room keeps and restores its own.
//! - `memory`, `retention`: how much all logs may hold, and what is too old to stay.
//! - `transactions`: who owns a transactional id, and what its open transaction wrote to.
//! - `groups`, `offsets`: consumer groups, by either protocol, and what they committed.
//! - `configs`: the settings of topics and of the broker, with defaults.
//! - `faults`, `control`: what goes wrong on demand, and the handle with which to demand it.

mod api;
mod bounds;
mod call;
mod configs;
mod connection;
mod connections;
mod control;
mod disk;
mod dispatch;
mod door;
mod fault;
mod faults;
mod frame;
mod groups;
mod ids;
mod locks;
mod log;
mod memory;
mod node;
mod offsets;
mod options;
mod producers;
mod pulse;
mod retention;
mod server;
mod shapes;
mod status;
mod strings;
mod topic_names;
mod topics;
mod transactions;
mod versions;
mod wire_error;

pub use control::Control;
pub use faults::FaultError;
pub use memory::DEFAULT_LIMIT;
pub use options::BrokerOptions;
pub use server::Broker;
pub use status::{Status, Watch};
