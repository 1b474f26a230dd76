//! The stages that come with the engine.

mod filter;
mod map;
mod to;

pub use filter::Filter;
pub use map::Map;
pub use to::To;
