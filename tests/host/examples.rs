//! Every example of a documentation comment runs, and yields the value that it shows.

use std::sync::Mutex;

use kafkaefd::context::{Context, Located};
use kafkaefd::embedded;
use kafkaefd::host::catalog::{Catalog, Example};
use kafkaefd::settings::{Endpoints, Settings};

use crate::support::{ConnectDouble, on_bed};

/// The examples that need `server` besides the embedded stack, with the functions they are of.
fn examples(server: Option<&str>) -> Vec<(String, Example)> {
    let catalog = Catalog::of(&kafkaefd::host::build(&super::context()));
    let all = catalog.all().flat_map(|function| {
        function.examples.iter().map(|example| (function.signature.clone(), example.clone()))
    });
    all.filter(|(_, example)| example.needs.as_deref() == server).collect()
}

/// Runs `examples`, each in a run of its own.
fn run_all(examples: &[(String, Example)], context: &(dyn Fn() -> Context + Sync)) {
    assert!(!examples.is_empty(), "there are no examples");
    let wrong = Mutex::new(Vec::new());
    // Most of the time of an example is waiting for servers.
    std::thread::scope(|scope| {
        for part in examples.chunks(examples.len().div_ceil(6)) {
            let wrong = &wrong;
            scope.spawn(move || {
                for (signature, example) in part {
                    if let Err(problem) = run(&context(), example) {
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

fn run(context: &Context, example: &Example) -> Result<(), String> {
    let engine = kafkaefd::host::build(context);
    let value = engine.eval::<rhai::Dynamic>(&example.code).map_err(|error| error.to_string())?;
    let Some(expected) = &example.value else { return Ok(()) };
    let found = format!("{value:?}");
    let meant = engine.eval_expression::<rhai::Dynamic>(expected);
    let same = meant.is_ok_and(|meant| format!("{meant:?}") == found);
    if same || found == *expected { Ok(()) } else { Err(format!("yields {found}")) }
}

/// Each on a stack of its own.
#[test]
fn every_example_runs_and_yields_its_value() {
    let locate = |_: &Settings| {
        let stack = embedded::Stack::start(&embedded::StackOptions::default())?;
        Ok(Located { endpoints: stack.endpoints(), keep: vec![Box::new(stack)] })
    };
    run_all(&examples(None), &|| Context::new(Settings::default(), Box::new(locate)));
}

/// A run in which Connect is at `url`.
fn with_connect(url: &str) -> Context {
    let endpoints = Endpoints { connect: Some(url.to_owned()), ..Endpoints::default() };
    let locate = move |_: &Settings| Ok(Located { endpoints: endpoints.clone(), keep: Vec::new() });
    Context::new(Settings::default(), Box::new(locate))
}

#[test]
fn every_example_that_needs_connect_runs_on_a_double() {
    let double = ConnectDouble::start();
    run_all(&examples(Some("connect")), &|| with_connect(&double.url()));
}

on_bed! {
    fn every_example_that_needs_connect_runs_on_connect(bed: &Bed) {
        let url = bed.get("CONNECT");
        let ours = bed.name("-example");
        let mut examples = examples(Some("connect"));
        for (_, example) in &mut examples {
            // Others run the same examples on the same bed, and a busy one rebalances for long.
            let code = example.code.replace("-example", &ours);
            example.code = format!("connect::set_timeout(240);\n{code}");
        }
        let result = std::panic::catch_unwind(|| run_all(&examples, &|| with_connect(url)));
        let tidy = format!(
            "for row in connect::connectors(#{{ filter: \".*{ours}\" }}) {{
                 connect::delete_connector(row.connector);
             }}"
        );
        kafkaefd::host::build(&with_connect(url)).run(&tidy).unwrap();
        result.unwrap();
    }
}

#[test]
fn every_example_is_run_by_one_of_these() {
    let catalog = Catalog::of(&kafkaefd::host::build(&super::context()));
    let needs = catalog.all().flat_map(|function| &function.examples);
    let unknown: Vec<_> = needs
        .filter_map(|example| example.needs.as_deref())
        .filter(|server| *server != "connect")
        .collect();
    assert!(unknown.is_empty(), "examples need {unknown:?}, which no test has");
}
