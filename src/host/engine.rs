//! The one constructor of engines. Every limit stands here.

use rhai::{Dynamic, Engine};

use crate::context::Context;
use crate::modules;

/// An engine for `context` with every native module and every limit.
pub fn build(context: &Context) -> Engine {
    let mut engine = Engine::new();
    engine.set_max_call_levels(64);
    engine.set_max_expr_depths(64, 32);
    engine.set_max_operations(0);
    engine.set_max_variables(1_000);
    engine.set_max_functions(1_000);
    engine.set_max_modules(100);
    engine.set_max_string_size(16 << 20);
    engine.set_max_array_size(1_000_000);
    engine.set_max_map_size(100_000);
    engine.disable_symbol("eval");
    engine.set_default_tag(Dynamic::from(context.clone()));
    let cancelled = context.clone();
    engine.on_progress(move |operations| {
        // The token sits behind a lock: look at it often enough for 250 ms, not at each operation.
        (operations % 256 == 0 && cancelled.cancel().is_cancelled()).then(|| "stopped".into())
    });
    modules::register(&mut engine);
    engine
}
