//! Transactions: what was made of inputs and the offsets of these are committed together or not.
//!
//! A [`Cycle`] leads one transaction after the other from [`phase`] to phase: workers send while the
//! [`Door`] is open; then it closes, what was sent is acknowledged, and Kafka is told to commit
//! (`commit`), or, where something failed (`failure`), to take all of it back (`rollback`), unless it
//! turns out to be committed all the same ([`doubt`]). Kafka's calls block, so they are made on a thread of their own ([`caller`], `calls`); a [`verdict`] says
//! what their errors mean.

mod caller;
mod calls;
mod commit;
mod cycle;
mod door;
mod doubt;
mod error;
mod failure;
mod options;
mod phase;
mod rollback;
mod verdict;

pub use cycle::{Around, Cycle};
pub use door::{Door, Inside};
pub use error::TransactionError;
pub use options::Transactions;
