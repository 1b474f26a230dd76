//! `metrics`: Prometheus metrics of the run, and the endpoint that shows them.

mod api;
mod types;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    exported_module!(api::metrics)
}
