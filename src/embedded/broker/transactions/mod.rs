//! Transactions: their coordinator, which knows for each transactional id who owns it and what its
//! open transaction wrote to.
//!
//! The rules are those of Kafka's coordinator: KIP-98, KIP-360 (epochs after errors), KIP-447
//! (offsets), KIP-890's first part (no write outside of an open transaction). Everything is in one
//! process, so a transaction that ends has ended everywhere at once. The states between
//! (`PrepareCommit` and its like) are for the disk: how a transaction ends is kept before it does,
//! so that a broker that is killed in between goes on with it. They are seen where a disk is full.
//!
//! - `table`: all transactional ids; `transaction`, `state`: what is known of one.
//! - `init`, `enlist`, `end`, `expire`: a producer comes, names what it writes to, ends the
//!   transaction, or is too late; `clock` looks when it is.
//! - `keep`, `restore`, `orphans`: what is kept over a restart.

mod clock;
mod end;
mod enlist;
mod error;
mod expire;
mod filter;
mod init;
mod keep;
mod orphans;
mod restore;
mod state;
mod table;
mod transaction;

pub use error::fenced;
pub use filter::Filter;
pub use init::Claim;
pub use state::State;
pub use table::{SharedTransaction, Transactions};
pub use transaction::Transaction;
