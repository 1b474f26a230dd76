//! `kafka`: Clusters, topics, producers, consumers and their records.

mod api;
mod types;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::cluster::kafka);
    module.combine(exported_module!(api::topics::kafka));
    module.combine(exported_module!(api::configs::kafka));
    module.combine(exported_module!(api::producer::kafka));
    module.combine(exported_module!(api::consumer::kafka));
    module.combine(exported_module!(api::record::kafka));
    module.set_iterator_result::<types::Consumer, types::Record>();
    module
}
