//! Transactions: what was made of inputs and the offsets of these are committed together or not.

mod abort;
mod backoff;
mod caller;
mod calls;
mod cycle;
mod error;
mod options;
mod outlet;
mod phase;
mod steps;
mod turnstile;
mod verdict;

pub use cycle::{Around, Cycle};
pub use error::TransactionError;
pub use options::Transactions;
pub use outlet::Outlet;
pub use turnstile::{Inside, Turnstile};
