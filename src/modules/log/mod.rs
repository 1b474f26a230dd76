//! `log`: Messages on stderr.

mod api;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    exported_module!(api::log)
}
