//! The catalog says what scripts can call, without words of Rust.

use std::sync::Mutex;

use kafkaefd::context::{Context, Located};
use kafkaefd::embedded::{Stack, StackOptions};
use kafkaefd::host::catalog::{Catalog, Form};
use kafkaefd::settings::Settings;

fn catalog() -> Catalog {
    Catalog::of(&kafkaefd::host::build(&super::context()))
}

fn signatures(name: &str) -> Vec<String> {
    catalog().find(name).iter().map(|function| function.signature.clone()).collect()
}

#[test]
fn signatures_use_the_words_of_scripts() {
    assert_eq!(
        signatures("out::table"),
        [
            "out::table(rows: array, columns: array) -> Table",
            "out::table(rows: array, columns: array, empty: string) -> Table"
        ]
    );
    assert_eq!(signatures("elapsed"), ["Stopwatch.elapsed: float"]);
    assert_eq!(signatures("time::parse"), ["time::parse(text: string) -> int"]);
}

#[test]
fn every_module_and_function_is_documented() {
    let catalog = catalog();
    let mut missing = Vec::new();
    missing.extend(catalog.modules().filter(|m| m.summary.is_empty()).map(|m| m.name.clone()));
    for function in catalog.all() {
        // A secret comes from the command line only, so that no script can show one being made.
        let is_secret = function.receiver.as_deref() == Some("Secret");
        let plain = matches!(function.form, Form::Operator) || is_secret;
        if function.summary.is_empty() || (function.example.is_none() && !plain) {
            missing.push(function.signature.clone());
        }
        for word in ["Result", "Box<", "&mut", "i64", "ImmutableString", "Dynamic", "::types"] {
            assert!(!function.signature.contains(word), "{word} in {}", function.signature);
        }
    }
    assert!(missing.is_empty(), "without a summary or an example: {missing:#?}");
}

/// Each example on a stack of its own; those that need more are tested where there is more.
#[test]
fn every_example_runs_and_yields_its_value() {
    let catalog = catalog();
    let examples = catalog.all().flat_map(|function| {
        function.examples.iter().map(move |example| (&function.signature, example))
    });
    let here: Vec<_> = examples.filter(|(_, example)| example.needs.is_none()).collect();
    let wrong = Mutex::new(Vec::new());
    // Most of the time of an example is waiting for servers.
    std::thread::scope(|scope| {
        for part in here.chunks(here.len().div_ceil(6)) {
            let wrong = &wrong;
            scope.spawn(move || {
                for (signature, example) in part {
                    if let Err(problem) = run(&example.code, example.value.as_deref()) {
                        let text = format!("{signature}\n{}\n{problem}\n", example.code);
                        wrong.lock().unwrap().push(text);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} examples fail:\n\n{}", wrong.len(), wrong.join("\n"));
}

fn run(code: &str, expected: Option<&str>) -> Result<(), String> {
    let locate = |_: &Settings| {
        let stack = Stack::start(&StackOptions::default())?;
        Ok(Located { endpoints: stack.endpoints(), keep: Some(Box::new(stack)) })
    };
    let context = Context::new(Settings::default(), Box::new(locate));
    let engine = kafkaefd::host::build(&context);
    let value = engine.eval::<rhai::Dynamic>(code).map_err(|error| error.to_string())?;
    let Some(expected) = expected else { return Ok(()) };
    let found = format!("{value:?}");
    let meant = engine.eval_expression::<rhai::Dynamic>(expected);
    let same = meant.is_ok_and(|meant| format!("{meant:?}") == found);
    if same || found == expected { Ok(()) } else { Err(format!("yields {found}")) }
}
