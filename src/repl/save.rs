//! A session as a script.

use std::collections::BTreeSet;

use super::last;
use super::lexer::{Kind, Token, lex};

/// The lines of a session that worked.
#[derive(Debug, Default)]
pub struct Journal(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    text: String,
    /// Whether it showed a value.
    shown: bool,
}

/// A piece of a line at its top level.
enum Part {
    Import(String),
    Const(String, String),
    Function(String, String),
    Rest(String),
}

impl Journal {
    /// Notes a line that worked, and whether it showed a value.
    pub fn note(&mut self, text: &str, shown: bool) {
        self.0.push(Entry { text: text.trim().to_owned(), shown });
    }

    /// The session as a script for `kafkaefd run`: imports, constants and functions, then `main`
    /// with the other lines. It prints what the session showed.
    pub fn script(&self, title: &str) -> String {
        let mut top = Top::default();
        let mut body: Vec<String> = Vec::new();
        let last = self.0.len().saturating_sub(1);
        for (index, entry) in self.0.iter().enumerate() {
            let used = self.0.get(index + 1..).unwrap_or_default();
            let used = used.iter().take_while(|later| later.uses_last() || !later.shown);
            let used = used.into_iter().any(Entry::uses_last);
            let mut parts = top.take(&with_last_named(&entry.text));
            let Some(value) = parts.pop() else { continue };
            body.extend(parts);
            match entry.shown {
                true if used => {
                    body.push(format!("let last = {};", closable(value)));
                    body.push("out::show(last);".to_owned());
                }
                true if index < last => body.push(format!("out::show({});", closable(value))),
                _ => body.push(value),
            }
        }
        top.write(title, &body)
    }
}

impl Entry {
    fn uses_last(&self) -> bool {
        !last::uses(&self.text).is_empty()
    }
}

/// `text` so that something can follow it: behind a comment at its end, on a new line.
fn closable(mut text: String) -> String {
    let (tokens, _) = lex(&text);
    if tokens.last().is_some_and(|token| text[token.range.clone()].starts_with("//")) {
        text.push('\n');
    }
    text
}

/// `_` is a name of the session only.
fn with_last_named(text: &str) -> String {
    let mut named = text.to_owned();
    for range in last::uses(text).into_iter().rev() {
        named.replace_range(range, "last");
    }
    named
}

/// What stands outside of `main`.
#[derive(Default)]
struct Top {
    imports: Vec<String>,
    constants: Vec<(String, String)>,
    functions: Vec<(String, String)>,
    variables: BTreeSet<String>,
}

impl Top {
    /// Takes what belongs outside; returns the other statements of `text`.
    fn take(&mut self, text: &str) -> Vec<String> {
        let mut rest = Vec::new();
        for part in parts(text) {
            match part {
                Part::Import(text) => self.imports.push(text),
                Part::Const(_, text) if self.mentions_variable(&text) => rest.push(text),
                Part::Const(name, text) => self.constants.push((name, text)),
                Part::Function(name, text) => {
                    self.functions.retain(|(known, _)| *known != name);
                    self.functions.push((name, text));
                }
                Part::Rest(text) => {
                    self.variables.extend(variables(&text));
                    rest.push(text);
                }
            }
        }
        rest
    }

    fn mentions_variable(&self, text: &str) -> bool {
        names(text).any(|name| name == "last" || self.variables.contains(name))
    }

    fn write(&self, title: &str, body: &[String]) -> String {
        let mut script = format!("#!/usr/bin/env -S kafkaefd run\n//! {title}\n\n");
        for text in self.imports.iter().chain(self.constants.iter().map(|(_, text)| text)) {
            script.extend([text, "\n"]);
        }
        if !self.imports.is_empty() || !self.constants.is_empty() {
            script.push('\n');
        }
        script.push_str("fn main() {\n");
        for (name, _) in &self.constants {
            // A function sees constants under `global` only.
            if body.iter().any(|text| names(text).any(|used| used == name)) {
                script.extend(["    const ", name, " = global::", name, ";\n"]);
            }
        }
        for (index, text) in body.iter().enumerate() {
            let open = index + 1 < body.len() && !text.ends_with(';') && !is_block(text);
            let text = if open { closable(text.clone()) + ";" } else { text.clone() };
            script.extend([indent(&text), "\n".to_owned()]);
        }
        script.push_str("}\n");
        for (_, text) in &self.functions {
            script.extend(["\n", text, "\n"]);
        }
        script
    }
}

/// `if … { … }` and the like need no semicolon.
fn is_block(text: &str) -> bool {
    let (tokens, _) = lex(text);
    let words = ["if", "for", "while", "loop", "switch", "try", "{"];
    tokens.first().is_some_and(|token| words.contains(&&text[token.range.clone()]))
}

/// Four spaces before each line that does not begin within a string or comment.
fn indent(text: &str) -> String {
    let (tokens, _) = lex(text);
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        let within = tokens.iter().any(|t| t.range.start < start && start < t.range.end);
        if within || line.trim().is_empty() { line.to_owned() } else { format!("    {line}") }
    });
    lines.collect()
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    let tokens = lex(text).0.into_iter().filter(|token| token.kind == Kind::Name);
    tokens.map(move |token| &text[token.range])
}

/// The variables that `text` declares.
fn variables(text: &str) -> Vec<String> {
    let (tokens, _) = lex(text);
    let word = |token: &Token| text[token.range.clone()].to_owned();
    let pairs = tokens.windows(2).filter(|pair| matches!(word(&pair[0]).as_str(), "let" | "const"));
    pairs.map(|pair| word(&pair[1])).collect()
}

/// Cuts `text` into imports, constants, functions and the rest.
fn parts(text: &str) -> Vec<Part> {
    let (tokens, _) = lex(text);
    let (mut parts, mut first, mut depth) = (Vec::new(), 0, 0_usize);
    for index in 0..tokens.len() {
        let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.range.clone()]);
        match word(index) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let head = (first..index).find(|at| tokens[*at].kind != Kind::Comment).unwrap_or(index);
        let function = word(head) == "fn" || (word(head) == "private" && word(head + 1) == "fn");
        let end = if function { word(index) == "}" } else { word(index) == ";" };
        if depth > 0 || !(end || index + 1 == tokens.len()) {
            continue;
        }
        let Some(start) = tokens.get(first).map(|token| token.range.start) else { break };
        let part = text[start..tokens[index].range.end].to_owned();
        parts.push(match word(head) {
            "import" => Part::Import(closed(part)),
            "const" => Part::Const(word(head + 1).to_owned(), closed(part)),
            "fn" => Part::Function(word(head + 1).to_owned(), part),
            "private" => Part::Function(word(head + 2).to_owned(), part),
            _ => Part::Rest(part),
        });
        first = index + 1;
    }
    parts
}

fn closed(text: String) -> String {
    if text.ends_with(';') { text } else { text + ";" }
}
