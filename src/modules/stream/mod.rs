//! `stream`: pipelines that consume, transform and produce.

mod api;
mod closure;
mod options;
mod returned;
mod running;
mod types;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    exported_module!(api::stream)
}
