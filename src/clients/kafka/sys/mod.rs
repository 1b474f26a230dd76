//! The one room with unsafe code: what librdkafka can do and its Rust wrapper cannot, or answers
//! with a panic, or answers without the broker's own words.
//!
//! Nothing leaves the room but plain Rust values: no pointer, and nothing that borrows from one.
//! Inside, four rules make leaks and double frees impossible rather than unlikely:
//!
//! - What we made is an [`owned::Owned`], freed once, when dropped. What librdkafka lends is a `&`
//!   that cannot outlive what it was read from ([`read`]).
//! - A request and its answer use a queue that lives as long as one [`run::run`]. Leaving early
//!   (a stop, a deadline) drops the queue: librdkafka then drops late answers itself.
//! - Every request borrows the client for the whole run, so the client outlives queue and events.
//! - A text from librdkafka is copied at once, and what is no UTF-8 becomes U+FFFD.
//!
//! # How to add an API
//!
//! One file a family, 40 lines an API; [`topics`] is the one to copy:
//!
//! 1. A plain struct with what is asked (`DeleteTopics { names }`), and a plain answer.
//! 2. `impl Request`: its `OP`, `LACK` (what a broker that does not know it lacks, in words),
//!    `submit` (make the native objects, hand them over, let them drop: librdkafka copies) and
//!    `read` (`event.result(rd_kafka_event_…_result)`, then `read::list`, `read::text`, …).
//! 3. Options (validate only, stable offsets, …) go into `tune`.
//! 4. New native types get a line in `owned::native!`.
//! 5. Callers use `Admin`'s `probe()?.request(context, (attempt, timeout), &[…])`, which has many
//!    in flight at once, or `request_one`.
#![deny(clippy::undocumented_unsafe_blocks)]
#![allow(unsafe_code)] // rdkafka 0.39 has no safe form of what is done here

mod acls;
mod cluster;
mod configs;
mod event;
mod group_offsets;
mod groups;
mod headers;
mod member;
mod offsets;
mod open_topics;
mod options;
mod owned;
mod partitions;
mod read;
mod refusal;
mod run;
mod topics;
mod users;
mod watermarks;
mod words;

pub use acls::{
    Acl, ClusterRights, CreateAcls, DeleteAcls, DescribeAcls, OPERATIONS, PATTERNS, PERMISSIONS,
    RESOURCES,
};
pub use cluster::DescribeCluster;
pub use configs::{AlterConfigs, ConfigSource, DescribeConfigs, Entry, Resource, Synonym};
pub use group_offsets::{AlterGroupOffsets, DeleteGroupOffsets, ListGroupOffsets};
pub use groups::{DeleteGroups, DescribeGroups, ListGroups, Listing, Membership};
pub use headers::headers;
pub use member::generation;
pub use offsets::{DeleteRecords, EARLIEST, LATEST, ListOffsets};
pub use open_topics::{OpenTopics, Parts};
pub use partitions::Position;
pub use refusal::Refusal;
pub use run::{Request, run};
pub use topics::{CreatePartitions, CreateTopics, DeleteTopics, Outcome, TopicSpec};
pub use users::{AlterUser, DescribeUsers, MECHANISMS};
pub use watermarks::known_end;
pub use words::Word;
