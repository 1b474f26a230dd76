//! From an error of the engine to a report: the root, its file, and how the script got there.

use rhai::{Dynamic, Engine, EvalAltResult, Position};

use super::explain;
use super::text::{Place, Report, syntax};
use crate::context::{Context, sources};
use crate::error::Kind;
use crate::host::script::BUNDLED;
use crate::settings::LogLevel;

/// How many calls a long trace shows at either end.
const SHOWN: usize = 4;

/// The report of `error`, raised by the script called `script`, whose text the run has noted.
pub fn of_error(engine: &Engine, context: &Context, script: &str, error: &EvalAltResult) -> Report {
    let (root, file, trace) = unwind(error, script);
    let text = sources::text(context, &file);
    let mut report = match root {
        EvalAltResult::ErrorRuntime(value, _) => thrown(value),
        EvalAltResult::ErrorTerminated(..) => Report::new(Kind::Cancelled, "stopped"),
        EvalAltResult::ErrorParsing(problem, _) => Report::new(Kind::Invalid, syntax(problem)),
        other => explain::builtin(engine, other, &text),
    };
    // Where a command of ours met the trouble is of no use to those who typed it.
    let is_ours = script.starts_with(BUNDLED) && file.starts_with(BUNDLED);
    let debug = context.settings().log_level == Some(LogLevel::Debug);
    if is_ours && is_explained(root) && !debug {
        return report;
    }
    let place = Place::new(&file, root.position());
    report = report.at(place, &text);
    report.trace = shortened(trace);
    report
}

/// Whether the error says by itself what was attempted and why it failed.
fn is_explained(root: &EvalAltResult) -> bool {
    let EvalAltResult::ErrorRuntime(value, _) = root else { return false };
    value.as_map_ref().is_ok_and(|map| map.contains_key("kind"))
}

/// The innermost error, the name of the script it belongs to, and the calls on the way out.
fn unwind<'a>(error: &'a EvalAltResult, script: &str) -> (&'a EvalAltResult, String, Vec<String>) {
    let (mut file, mut trace, mut current) = (script.to_owned(), Vec::new(), error);
    loop {
        let (line, inner, inner_file) = match current {
            EvalAltResult::ErrorInFunctionCall(name, source, inner, position) => {
                let call = (!name.is_empty()).then(|| called(name, &file, *position));
                (call, inner, source)
            }
            EvalAltResult::ErrorInModule(module, inner, position) => {
                (Some(format!("imported at {}", Place::new(&file, *position))), inner, module)
            }
            root => {
                trace.reverse();
                return (root, file, trace);
            }
        };
        trace.extend(line);
        if !inner_file.is_empty() {
            inner_file.clone_into(&mut file);
        }
        current = inner;
    }
}

/// A recursion without an end shows where it began and where it broke off.
fn shortened(mut trace: Vec<String>) -> Vec<String> {
    if trace.len() > 2 * SHOWN {
        let left_out = trace.len() - 2 * SHOWN;
        let line = format!("… {left_out} more calls …");
        trace.splice(SHOWN..SHOWN + left_out, [line]);
    }
    trace
}

fn called(function: &str, file: &str, position: Position) -> String {
    let place = Place::new(file, position);
    match function {
        name if name.starts_with("anon$") => format!("in `a closure`, called at {place}"),
        // Not a name but a phrase: what a native function had the engine do.
        phrase if phrase.contains(' ') => format!("in {phrase}, called at {place}"),
        name => format!("in `{name}`, called at {place}"),
    }
}

/// What a script or a native raised: a map with `message` and `kind`, or any other value.
fn thrown(value: &Dynamic) -> Report {
    let Ok(map) = value.as_map_ref() else {
        let text = value.to_string();
        return Report::new(Kind::Failed, if text.is_empty() { "failed".into() } else { text });
    };
    let text = |key: &str| map.get(key).filter(|value| !value.is_unit()).map(ToString::to_string);
    let kind = text("kind").map_or(Kind::Failed, |word| Kind::from_word(&word));
    let message = text("message").unwrap_or_else(|| value.to_string());
    Report::new(kind, message).help(text("remedy"))
}
