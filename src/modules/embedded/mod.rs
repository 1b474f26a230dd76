//! `embedded`: Faults on demand in the broker of this run, for tests and demos.

mod api;
mod types;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    exported_module!(api::embedded)
}
