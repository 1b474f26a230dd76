//! `load`: Made-up records.

mod api;
mod types;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    exported_module!(api::load)
}
