//! `avro`: Schemas, and values in Avro.

mod api;
mod types;

use rhai::{Module, combine_with_exported_module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::schema::avro);
    combine_with_exported_module!(&mut module, "stage", api::stage::avro);
    module
}
