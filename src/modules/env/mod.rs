//! `env`: Environment variables and the run itself.

mod api;
mod types;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    exported_module!(api::env)
}
