//! The catalog says what scripts can call, without words of Rust.

use kafkaefd::host::catalog::{Catalog, Form};

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
