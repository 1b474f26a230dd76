//! A single-node Kafka broker in this process, for development only.
//!
//! It speaks Kafka's wire protocol over TCP on 127.0.0.1, so every Kafka client works with it.
//! From the socket inwards:
//!
//! - `server`: the threads, the port, one task a client, from a request to the API that answers it (`dispatch`);
//!   `wire`: bytes to requests, and back.
//! - `api`: one file an API, named as in Kafka's protocol guide.
//! - `topics`, `log`, `producers`: topics, their partitions, what producers may append.
//! - `disk`: what is kept over a restart, if anything is. Each module keeps and restores its own:
//!   record batches in files of `log`, all else in the journal of `embedded::storage`.
//! - `memory`, `retention`: how much all logs may hold, and what is too old to stay.
//! - `transactions`: who owns a transactional id, and what its open transaction wrote to.
//! - `groups`, `offsets`: consumer groups, by either protocol, and what they committed.
//! - `configs`: the settings of topics and of the broker, with defaults.
//! - `node`: all of these together.
//! - `faults`: what goes wrong on demand; `watch`: what the broker holds, for one who watches.

mod api;
mod configs;
mod disk;
mod faults;
mod groups;
mod ids;
mod locks;
mod log;
mod memory;
mod node;
mod offsets;
mod options;
mod producers;
mod retention;
mod server;
mod topics;
mod transactions;
mod watch;
mod wire;

pub use faults::FaultError;
pub use memory::DEFAULT_LIMIT;
pub use options::BrokerOptions;
pub use server::{Broker, Control};
pub use watch::{Status, Watch};
