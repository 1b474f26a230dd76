//! `stream`: pipelines that consume, transform and produce.

mod api;
mod options;
mod running;
mod script;
mod step;
mod types;

use rhai::{Module, combine_with_exported_module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::pipeline::stream);
    combine_with_exported_module!(&mut module, "stages", api::stages::stream);
    combine_with_exported_module!(&mut module, "run", api::run::stream);
    module
}
