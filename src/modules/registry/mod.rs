//! `registry`: The Schema Registry.

mod api;
mod each;
mod missing;
mod options;
mod types;

use rhai::{Module, combine_with_exported_module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::subjects::registry);
    combine_with_exported_module!(&mut module, "delete", api::delete::registry);
    combine_with_exported_module!(&mut module, "schemas", api::schemas::registry);
    combine_with_exported_module!(&mut module, "register", api::register::registry);
    combine_with_exported_module!(&mut module, "compatibility", api::compatibility::registry);
    combine_with_exported_module!(&mut module, "level", api::level::registry);
    combine_with_exported_module!(&mut module, "mode", api::mode::registry);
    combine_with_exported_module!(&mut module, "payload", api::payload::registry);
    combine_with_exported_module!(&mut module, "address", api::address::registry);
    module.set_iterator_result::<each::Registrations, rhai::Map>();
    module
}
