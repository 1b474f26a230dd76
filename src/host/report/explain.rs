//! The engine's own errors in words a script author can act on.

use rhai::{Engine, EvalAltResult};

use super::names::{Names, lower};
use super::text::Report;
use crate::error::Kind;
use crate::host::catalog::{Catalog, Form, Function, word};
use crate::nearest::nearest;

/// The report of `error`, which the engine raised itself in the script with the text `source`.
pub fn builtin(engine: &Engine, error: &EvalAltResult, source: &str) -> Report {
    match error {
        EvalAltResult::ErrorFunctionNotFound(call, _) => call_of(engine, call, source),
        EvalAltResult::ErrorVariableNotFound(name, _) => variable(engine, name, source),
        EvalAltResult::ErrorModuleNotFound(name, _) => module(engine, name),
        EvalAltResult::ErrorDotExpr(text, _) => property(engine, text),
        EvalAltResult::ErrorMismatchDataType(expected, found, _) => {
            let (expected, found) = (type_word(expected), type_word(found));
            Report::new(Kind::Failed, format!("expected {expected}, found {found}"))
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            Report::new(Kind::Limit, "functions call each other too deep: more than 64 levels")
                .help(Some("does a function call itself without an end?".into()))
        }
        EvalAltResult::ErrorTooManyOperations(_)
        | EvalAltResult::ErrorTooManyVariables(_)
        | EvalAltResult::ErrorTooManyModules(_)
        | EvalAltResult::ErrorDataTooLarge(..) => Report::new(Kind::Limit, bare(error)),
        other => Report::new(Kind::Failed, bare(other)),
    }
}

/// The engine's text without the position at its end.
fn bare(error: &EvalAltResult) -> String {
    let mut text = error.to_string();
    if let Some(at) = text.rfind(" (line ") {
        text.truncate(at);
    }
    lower(&text)
}

/// A call that no function takes: `send (Producer, i64)`.
fn call_of(engine: &Engine, call: &str, source: &str) -> Report {
    let (name, types) = call.split_once(" (").unwrap_or((call, ")"));
    let types = type_list(types.trim_end_matches(')'));
    let catalog = Catalog::with_language(engine);
    if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        let message =
            format!("cannot compute `{}`: no such operation", types.join(&format!(" {name} ")));
        return Report::new(Kind::Failed, message);
    }
    let given = format!("{name}({})", types.join(", "));
    let known = catalog.find(name);
    if known.is_empty() {
        return unknown(&given, name, &catalog, source);
    }
    let mut report =
        Report::new(Kind::Failed, format!("cannot call `{given}`: it takes other arguments"));
    report.help = signatures(&known);
    report
}

fn signatures(known: &[&Function]) -> Vec<String> {
    let mut lines: Vec<String> =
        known.iter().map(|function| format!("`{}`", function.signature)).collect();
    lines.dedup();
    lines.truncate(6);
    lines
}

fn unknown(given: &str, name: &str, catalog: &Catalog, source: &str) -> Report {
    let own = Names::of(source);
    let declared: Vec<String> = own.signatures(name).map(|line| format!("`{line}`")).collect();
    if !declared.is_empty() {
        let message = format!("cannot call `{given}`: it takes other arguments");
        return Report { help: declared, ..Report::new(Kind::Failed, message) };
    }
    let near = if let Some((module, last)) = name.rsplit_once("::") {
        let inside = catalog.functions(module).map(|function| function.name.as_str());
        nearest(last, inside).map(|near| format!("{module}::{near}"))
    } else {
        let native = catalog.all().filter(|function| is_word(function));
        let names = native.map(|function| function.name.as_str()).chain(own.functions());
        nearest(name, names).map(str::to_owned)
    };
    let message = format!("cannot call `{given}`: no such function");
    Report::new(Kind::Failed, message).help(near.map(|near| format!("did you mean `{near}`?")))
}

fn is_word(function: &Function) -> bool {
    matches!(function.form, Form::Function | Form::Method)
}

fn variable(engine: &Engine, name: &str, source: &str) -> Report {
    if let Some((module, last)) = name.rsplit_once("::") {
        let message = format!("unknown name `{last}` in module `{module}`");
        let catalog = Catalog::of(engine);
        let near = nearest(last, catalog.functions(module).map(|function| function.name.as_str()));
        let help = near.map(|near| format!("did you mean `{module}::{near}(…)`?"));
        return Report::new(Kind::Failed, message).help(help);
    }
    let own = Names::of(source);
    let help = if own.constants.contains(&name) {
        Some(format!("inside a function, a constant of the script is `global::{name}`"))
    } else if own.variables.contains(&name) {
        Some("a function does not see variables outside of it: pass it as a parameter".into())
    } else {
        let names = own.constants.iter().chain(&own.variables).chain(&own.parameters);
        nearest(name, names.copied()).map(|near| format!("did you mean `{near}`?"))
    };
    Report::new(Kind::Failed, format!("unknown variable `{name}`")).help(help)
}

fn module(engine: &Engine, name: &str) -> Report {
    let catalog = Catalog::of(engine);
    let known = || catalog.modules().map(|module| module.name.as_str());
    let help = nearest(name, known()).map_or_else(
        || format!("modules: {}; others need an `import`", known().collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Report::new(Kind::Failed, format!("unknown module `{name}`")).help(Some(help))
}

/// `Unknown property 'x' - a getter is not registered for type 'T'`, or another text.
fn property(engine: &Engine, text: &str) -> Report {
    let mut quoted = text.split('\'').skip(1).step_by(2);
    let (Some(name), Some(kind)) = (quoted.next(), quoted.next()) else {
        return Report::new(Kind::Failed, lower(text));
    };
    let verb = if text.contains("setter") { "set" } else { "read" };
    let kind = type_word(kind);
    let message = format!("cannot {verb} `.{name}`: a value of type {kind} has no such property");
    let catalog = Catalog::of(engine);
    let own = catalog.all().filter(|f| f.receiver.as_deref() == Some(&kind));
    let near = nearest(name, own.map(|function| function.name.as_str()));
    Report::new(Kind::Failed, message).help(near.map(|near| format!("did you mean `.{near}`?")))
}

/// Types as the engine lists them: `Producer, &str | ImmutableString | String`.
fn type_list(types: &str) -> Vec<String> {
    types.split(", ").filter(|name| !name.is_empty()).map(type_word).collect()
}

fn type_word(name: &str) -> String {
    let first = name.split(" | ").next().unwrap_or(name);
    word(first).unwrap_or_else(|| "()".into())
}
