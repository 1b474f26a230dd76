//! Made-up values for SAL topics: they drift, waver and switch as a component's would.

mod generator;
mod signal;

pub use generator::Mock;
