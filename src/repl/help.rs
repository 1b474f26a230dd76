//! Pages: of everything, of a module, of a function, of a variable.

use std::fmt::Write;

use rhai::Dynamic;

use super::command::COMMANDS;
use super::session::Session;
use super::wrap::wrap;
use crate::host::catalog::{Catalog, Form, Function};
use crate::modules::out;
use crate::settings::Output;

/// The page `help` alone shows.
pub fn overview(catalog: &Catalog) -> String {
    let mut text = String::from(
        "Type an expression to see its value, or a statement. `_` is the last value.\n\
         Tab completes, Up goes back in history, Ctrl-C stops, Ctrl-D leaves.\n\nModules\n",
    );
    for module in catalog.modules() {
        entry(&mut text, &module.name, &module.summary);
    }
    text.push_str("\nHelp\n");
    entry(&mut text, "help(\"kafka\")", "the functions of a module");
    entry(&mut text, "help(\"out::table\")", "the page of a function");
    entry(&mut text, "x?", "the type, the value and the functions of a variable");
    text.push_str("\nSession\n");
    for (name, argument, help) in COMMANDS {
        entry(&mut text, &format!("{name} {argument}"), help);
    }
    text
}

/// The page of the module, function, method or variable `name`.
pub fn page(session: &Session, catalog: &Catalog, name: &str) -> Option<String> {
    if let Some(module) = catalog.module(name) {
        let mut text = wrap(&module.docs, 0) + "\n";
        let (members, functions): (Vec<_>, Vec<_>) =
            catalog.functions(name).partition(|function| function.receiver.is_some());
        listing(&mut text, functions);
        let mut members: Vec<&Function> = members.into_iter().filter(|f| is_shown(f)).collect();
        members.sort_by(|a, b| a.receiver.cmp(&b.receiver));
        if !members.is_empty() {
            text.push('\n');
        }
        listing(&mut text, members);
        return Some(text);
    }
    let variable = session.scope.get(name).map(|found| value(session, catalog, name, found));
    variable.or_else(|| own_function(session, name)).or_else(|| {
        let functions = catalog.find(name);
        let pages: Vec<String> = functions.into_iter().map(function_page).collect();
        (!pages.is_empty()).then(|| pages.join("\n"))
    })
}

fn is_shown(function: &Function) -> bool {
    matches!(function.form, Form::Function | Form::Method | Form::Property)
}

fn listing<'a>(text: &mut String, functions: impl IntoIterator<Item = &'a Function>) {
    for function in functions {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {}", function.signature);
        text.push_str(&wrap(&function.summary, 6));
    }
}

fn function_page(function: &Function) -> String {
    let mut text = format!("{}\n\n{}", function.signature, wrap(&function.docs, 0));
    for example in &function.examples {
        text.push_str("\nExample\n");
        for line in example.code.lines() {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

fn own_function(session: &Session, name: &str) -> Option<String> {
    let function = session.functions().find(|function| function.name == name)?;
    let doc: Vec<&str> =
        function.comments.iter().map(|line| line.trim_start_matches('/')).collect();
    let doc = doc.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n");
    Some(format!("{name}({})\n\n{doc}", function.params.join(", ")))
}

/// The type, the value and what can be called on it.
pub fn value(session: &Session, catalog: &Catalog, name: &str, value: &Dynamic) -> String {
    let kind = session.engine.map_type_name(value.type_name());
    let shown = out::show(&session.engine, value.clone(), Output::Table, out::terminal_width());
    let mut text = format!("{name} is of type {kind}\n");
    // Of a handle that says nothing but its type, the type is enough.
    let shown = if shown == kind { "" } else { &shown };
    for line in shown.lines().take(10) {
        let _ = writeln!(text, "  {line}");
    }
    if shown.lines().count() > 10 {
        let _ = writeln!(text, "  … ({} lines)", shown.lines().count());
    }
    let of_it = |f: &&Function| f.receiver.as_deref() == Some(kind) && is_shown(f);
    let members: Vec<&Function> = catalog.all().filter(of_it).collect();
    if !members.is_empty() {
        text.push('\n');
        listing(&mut text, members);
    }
    text
}

fn entry(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "  {name:<20} {help}");
}
