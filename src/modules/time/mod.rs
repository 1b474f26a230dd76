//! `time`: Durations, timestamps and cancellable sleep.

mod api;
mod types;

use rhai::{Module, exported_module};

/// The module as the host registers it.
pub fn module() -> Module {
    let mut module = exported_module!(api::time);
    module.set_iterator_result::<types::Ticker, i64>();
    module
}

/// Takes the place of the language's own `sleep`, which nothing can stop.
pub fn language() -> Module {
    exported_module!(api::language)
}
