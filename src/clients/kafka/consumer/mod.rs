//! Reading records.

mod handle;
mod options;
mod position;
mod progress;
mod start;

pub use handle::Consumer;
pub use options::{ConsumerOptions, Start, Until};
