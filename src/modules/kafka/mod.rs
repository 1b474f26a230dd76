//! `kafka`: Clusters, topics, producers, consumers and their records.

mod api;
mod types;

use rhai::{Module, combine_with_exported_module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::cluster::kafka);
    combine_with_exported_module!(&mut module, "topics", api::topics::kafka);
    combine_with_exported_module!(&mut module, "configs", api::configs::kafka);
    combine_with_exported_module!(&mut module, "acls", api::acls::kafka);
    combine_with_exported_module!(&mut module, "users", api::users::kafka);
    combine_with_exported_module!(&mut module, "groups", api::groups::kafka);
    combine_with_exported_module!(&mut module, "notes", api::notes::kafka);
    combine_with_exported_module!(&mut module, "offsets", api::offsets::kafka);
    combine_with_exported_module!(&mut module, "producer", api::producer::kafka);
    combine_with_exported_module!(&mut module, "consumer", api::consumer::kafka);
    combine_with_exported_module!(&mut module, "expression", api::expression::kafka);
    combine_with_exported_module!(&mut module, "record", api::record::kafka);
    module.set_iterator_result::<types::Consumer, types::Record>();
    module
}
