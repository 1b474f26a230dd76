//! `connect`: Kafka Connect.

mod api;
mod types;

use rhai::{Module, combine_with_exported_module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::connectors::connect);
    combine_with_exported_module!(&mut module, "states", api::states::connect);
    combine_with_exported_module!(&mut module, "tasks", api::tasks::connect);
    combine_with_exported_module!(&mut module, "offsets", api::offsets::connect);
    combine_with_exported_module!(&mut module, "topics", api::topics::connect);
    combine_with_exported_module!(&mut module, "plugins", api::plugins::connect);
    combine_with_exported_module!(&mut module, "configs", api::configs::connect);
    combine_with_exported_module!(&mut module, "workers", api::workers::connect);
    module
}
