//! Transactions: what was made of inputs and the offsets of these are committed together or not.

mod aborts;
mod caller;
mod calls;
mod commit;
mod cycle;
mod door;
mod error;
mod failure;
mod options;
mod outlet;
mod phase;
mod rollback;
mod verdict;

pub use aborts::Aborts;
pub use cycle::{Around, Cycle};
pub use door::{Door, Inside};
pub use error::TransactionError;
pub use options::Transactions;
pub use outlet::Outlet;
