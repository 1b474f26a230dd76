//! `load`: Made-up records, and experiments that send them.

mod api;
mod types;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::generator::load);
    module.combine(exported_module!(api::experiment::load));
    module.combine(exported_module!(api::outcome::load));
    module.combine(exported_module!(api::picture::load));
    module
}
