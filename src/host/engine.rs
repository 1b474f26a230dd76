//! The one constructor of engines. Every limit stands here.

use std::io::Write;

use rhai::{Dynamic, Engine, FuncRegistration};

use super::caught::complete_errors;
use super::report::Place;
use super::resolver::Resolver;
use super::script::Root;
use crate::context::{Context, stdout};
use crate::modules::{self, engines};
use crate::settings::Secret;

/// An engine for `context` with every native module and every limit; imports start in the current
/// folder.
pub fn build(context: &Context) -> Engine {
    build_for(context, &Root::Folder(".".into()))
}

/// An engine for a script whose imports start at `root`.
pub fn build_for(context: &Context, root: &Root) -> Engine {
    let mut engine = Engine::new();
    limit(&mut engine);
    engine.set_default_tag(Dynamic::from(context.clone()));
    // Fails for no reason of its own, and where it is missed the one who asks says so.
    let _ = engines::provide(context, build);
    engine.set_module_resolver(Resolver::new(context, root));
    let cancelled = context.clone();
    engine.on_progress(move |operations| {
        // The token sits behind a lock: look at it often enough for 250 ms, not at each operation.
        (operations % 16 == 0 && cancelled.cancel().is_cancelled()).then(|| "stopped".into())
    });
    let printed = context.clone();
    engine.on_print(move |text| stdout::print(&printed, text));
    engine.on_debug(|text, source, position| {
        let place = Place::new(source.unwrap_or("script"), position);
        // A closed stderr is no reason to fail.
        let _ = writeln!(std::io::stderr(), "{place}: {text}");
    });
    complete_errors(&mut engine);
    hide_secrets(&mut engine);
    modules::register(&mut engine);
    engine
}

/// Sets every limit of the language. A run may take any time and any number of operations: a
/// pipeline runs for weeks; it is the cancel token that ends it.
pub fn limit(engine: &mut Engine) {
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
}

/// A secret argument shows as `***` whatever a script does with it.
fn hide_secrets(engine: &mut Engine) {
    engine.register_type_with_name::<Secret>("Secret");
    for name in ["to_string", "to_debug"] {
        FuncRegistration::new(name)
            .with_comments(["/// Shows `***`: a secret never prints."])
            .with_params_info(["secret: &mut Secret", "string"])
            .register_into_engine(engine, |secret: &mut Secret| secret.to_string());
    }
}
