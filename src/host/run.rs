//! Running a script: its top level, then `main` with the arguments.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rhai::{AST, ASTNode, CallFnOptions, Dynamic, Engine, EvalAltResult, Expr, Map, Scope};

use super::report::{Report, of_error};
use super::script::{Script, without_shebang};
use super::{ArgValue, build_for};
use crate::context::{Context, script, sources, stdout, verdict};
use crate::error::Kind;
use crate::modules::out;

/// Runs `script` and prints what its `main` returns. What the run did not keep to ends it after
/// that.
pub fn run(
    context: &Context,
    script: &Script,
    args: Vec<(String, ArgValue)>,
) -> Result<(), Report> {
    sources::note(context, &script.name, &script.text);
    let noted = script::Script {
        name: script.name.clone(),
        text: script.text.clone(),
        arguments: args.iter().map(|(name, value)| (name.clone(), value.into())).collect(),
    };
    script::note(context, noted)?;
    let engine = build_for(context, &script.root);
    let args: Map = args.into_iter().map(|(name, arg)| (name.into(), arg.into())).collect();
    let result = catch_unwind(AssertUnwindSafe(|| {
        let ast = compile(&engine, script)?;
        let called = call_main(&engine, &ast, args)
            .map_err(|error| of_error(&engine, context, &script.name, &error));
        match called {
            // A stop is as clean before a pipeline begins as it is later.
            Err(report) if report.kind == Kind::Cancelled && is_to_stream(context, &ast) => {
                Ok(Dynamic::UNIT)
            }
            called => called,
        }
    }));
    let value = result.unwrap_or_else(|panic| Err(panicked(panic.as_ref())))?;
    if !value.is_unit() {
        let form = context.settings().output;
        stdout::print(context, &out::show(&engine, value, form, out::terminal_width()));
    }
    match verdict::breached(context) {
        Some(breach) => Err(breach.into()),
        None => Ok(()),
    }
}

/// Compiles `script` for `engine`.
pub fn compile(engine: &Engine, script: &Script) -> Result<AST, Report> {
    let mut ast = engine
        .compile(without_shebang(&script.text))
        .map_err(|error| Report::of_parse(script, &error))?;
    ast.set_source(&script.name);
    Ok(ast)
}

/// Whether a script makes pipelines none of which has begun.
fn is_to_stream(context: &Context, ast: &AST) -> bool {
    let mut streams = false;
    ast.walk(&mut |nodes: &[ASTNode]| {
        if let Some(ASTNode::Expr(Expr::FnCall(call, _))) = nodes.last() {
            streams |= !call.namespace.is_empty() && call.namespace.root() == "stream";
        }
        !streams
    });
    streams && !script::has_pipelines(context)
}

fn call_main(engine: &Engine, ast: &AST, args: Map) -> Result<Dynamic, Box<EvalAltResult>> {
    let mut scope = Scope::new();
    let main = ast.iter_functions().find(|function| function.name == "main");
    match main.map(|function| function.params.len()) {
        None => engine.run_ast_with_scope(&mut scope, ast).map(|()| Dynamic::UNIT),
        Some(0) => engine.call_fn_with_options(CallFnOptions::new(), &mut scope, ast, "main", ()),
        Some(_) => {
            engine.call_fn_with_options(CallFnOptions::new(), &mut scope, ast, "main", (args,))
        }
    }
}

/// The report of a panic in a native function.
pub(super) fn panicked(panic: &(dyn std::any::Any + Send)) -> Report {
    let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    Report::new(Kind::Failed, format!("a native function broke off: {text}"))
        .help(Some("this is a mistake in kafkaefd itself: please report it with the script".into()))
}
