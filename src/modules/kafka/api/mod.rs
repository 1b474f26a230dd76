//! The pages a script author reads, one a noun.

pub mod acls;
pub mod cluster;
pub mod configs;
pub mod consumer;
pub mod expression;
pub mod groups;
pub mod notes;
pub mod offsets;
pub mod producer;
pub mod record;
pub mod topics;
pub mod users;
