//! `out`: Data on stdout as table, JSON or YAML.

mod api;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    exported_module!(api::out)
}
