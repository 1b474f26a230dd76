//! `load`: Made-up records, and experiments that send them.

mod api;
mod types;

use rhai::{Module, combine_with_exported_module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::generator::load);
    combine_with_exported_module!(&mut module, "experiment", api::experiment::load);
    combine_with_exported_module!(&mut module, "outcome", api::outcome::load);
    combine_with_exported_module!(&mut module, "picture", api::picture::load);
    module
}
