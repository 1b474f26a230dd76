//! Made-up values for SAL topics: they drift, waver and switch as a component's would, or are any
//! that a field can hold.

mod any;
mod draw;
mod generator;
mod signal;

pub use any::any;
pub use draw::{Bytes, Draw};
pub use generator::{Mock, Options};
