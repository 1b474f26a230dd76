//! The files of a partition: its batches one after the other, as they are served.
//!
//! `segments` writes them; `recover` reads them when a stack starts, and cuts a torn end off; `check`
//! tells a whole batch from a torn one; `place` names them.

mod check;
mod place;
mod recover;
mod segments;

pub use place::{Place, folder};
pub use recover::Recovered;
pub use segments::Segments;
