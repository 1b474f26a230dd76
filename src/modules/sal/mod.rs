//! `sal`: Interfaces, Avro schemas and text messages of the observatory's components.

mod api;
mod types;

use rhai::{Dynamic, Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::interfaces::sal);
    module.combine(exported_module!(api::subsystem::sal));
    module.combine(exported_module!(api::topic::sal));
    module.combine(exported_module!(api::stage::sal));
    module.combine(exported_module!(api::text::sal));
    module.combine(exported_module!(api::mock::sal));
    module.set_iterable::<types::Interfaces>();
    module.set_iterable_result::<types::Subsystem, Dynamic>();
    module
}
