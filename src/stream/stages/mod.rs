//! The stages that come with the engine.

pub mod avro;
mod filter;
mod map;
mod sal_text;
mod to;

pub use filter::Filter;
pub use map::Map;
pub use sal_text::{SalTextOptions, sal_text};
pub use to::To;
