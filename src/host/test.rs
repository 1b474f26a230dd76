//! Tests written in scripts: every `fn test_*()` without parameters.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rhai::{CallFnOptions, Dynamic, Scope};

use super::report::{Report, of_error};
use super::run::{compile, panicked};
use super::script::Script;
use super::{build_for, check};
use crate::context::{Context, sources};

/// The names of the tests of `script`, in the order of the file.
pub fn tests(script: &Script) -> Result<Vec<String>, Report> {
    let ast = check::parse(script)?;
    let functions = ast.iter_functions().filter(|function| function.params.is_empty());
    let names = functions.map(|function| function.name.to_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("test_")).collect();
    names.sort_by_key(|name| script.text.find(&format!("fn {name}(")));
    Ok(names)
}

/// Runs the test `name` of `script` in an engine of its own.
pub fn test(context: &Context, script: &Script, name: &str) -> Result<(), Report> {
    sources::note(context, &script.name, &script.text);
    let engine = build_for(context, &script.root);
    let result = catch_unwind(AssertUnwindSafe(|| {
        let ast = compile(&engine, script)?;
        let options = CallFnOptions::new();
        engine
            .call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &ast, name, ())
            .map(|_| ())
            .map_err(|error| of_error(&engine, context, &script.name, &error))
    }));
    result.unwrap_or_else(|panic| Err(panicked(panic.as_ref())))
}
