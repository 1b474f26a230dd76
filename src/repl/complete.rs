//! What Tab offers.

use std::sync::Arc;

use super::command::COMMANDS;
use super::lexer::{Kind, keywords, lex};
use crate::host::catalog::{Catalog, Form, Function};

/// One offer: what is shown, and what it puts into the line.
pub struct Candidate {
    display: String,
    replacement: String,
}

impl rustyline::completion::Candidate for Candidate {
    fn display(&self) -> &str {
        &self.display
    }

    fn replacement(&self) -> &str {
        &self.replacement
    }
}

/// Everything a session can complete now.
#[derive(Default)]
pub struct Words {
    /// Modules and functions of the engine.
    pub catalog: Arc<Catalog>,
    /// Variables with the names of their types.
    pub variables: Vec<(String, String)>,
    /// Functions of the session: the name and the signature.
    pub functions: Vec<(String, String)>,
}

impl Words {
    /// The start of the word at the end of `line` and the offers for it.
    pub fn complete(&self, line: &str) -> (usize, Vec<Candidate>) {
        if let Some(word) = line.strip_prefix(':').filter(|rest| !rest.contains(' ')) {
            let names = COMMANDS.iter().filter(|(name, ..)| name[1..].starts_with(word));
            let offer = |(name, argument, help): &(&str, &str, &str)| {
                offer(&format!("{name} {argument}"), help, name)
            };
            return (0, names.map(offer).collect());
        }
        let (tokens, open) = lex(line);
        let within = tokens.last().is_some_and(|last| {
            last.range.end == line.len() && matches!(last.kind, Kind::Comment | Kind::Number)
        });
        // In `help("ka` the name of a page is completed, in other strings nothing.
        let asks = line.trim_start().starts_with("help(\"");
        if within || (open.is_some() && !asks) {
            return (line.len(), Vec::new());
        }
        let start = word_start(line);
        (start, self.offers(&line[..start], &line[start..]))
    }

    fn offers(&self, before: &str, word: &str) -> Vec<Candidate> {
        if let Some(owner) = before.trim_end().strip_suffix('.').filter(|o| !o.ends_with('.')) {
            return self.members(owner, word);
        }
        if let Some((module, name)) = word.split_once("::") {
            return self.of_module(module, name);
        }
        let mut offers: Vec<Candidate> = self
            .variables
            .iter()
            .filter(|(name, _)| name.starts_with(word))
            .map(|(name, kind)| offer(name, kind, name))
            .collect();
        let own = self.functions.iter().filter(|(name, _)| name.starts_with(word));
        offers.extend(own.map(|(name, signature)| offer(signature, "", &format!("{name}("))));
        let modules = self.catalog.modules().filter(|module| module.name.starts_with(word));
        offers.extend(modules.map(|module| {
            let path = format!("{}::", module.name);
            offer(&path, &module.summary, &path)
        }));
        if !word.is_empty() {
            let all = keywords().iter().chain(&["help", "print", "debug"]);
            offers.extend(
                all.filter(|name| name.starts_with(word)).map(|name| offer(name, "", name)),
            );
        }
        offers
    }

    fn of_module(&self, module: &str, name: &str) -> Vec<Candidate> {
        let found = self
            .catalog
            .functions(module)
            .filter(|function| function.form == Form::Function && function.name.starts_with(name));
        found.map(|f| offer(&f.signature, &f.summary, &format!("{}(", f.path()))).collect()
    }

    /// Methods and properties: of the variable's type where `owner` is a variable, else of all.
    fn members(&self, owner: &str, word: &str) -> Vec<Candidate> {
        let owner = &owner[word_start(owner)..];
        let variable = self.variables.iter().find(|(name, _)| name == owner);
        let kind = variable.map(|(_, kind)| kind.as_str());
        let found = self.catalog.all().filter(|function| {
            let member = matches!(function.form, Form::Method | Form::Property);
            let fits = kind.is_none() || kind == function.receiver.as_deref();
            member && fits && function.name.starts_with(word)
        });
        let text = |function: &Function| match function.form {
            Form::Method => format!("{}(", function.name),
            _ => function.name.clone(),
        };
        found.map(|f| offer(&f.signature, &f.summary, &text(f))).collect()
    }
}

fn offer(name: &str, help: &str, replacement: &str) -> Candidate {
    let display = match help {
        "" => name.to_owned(),
        // Rustyline sets candidates in columns: with a sentence each, one a line.
        help => format!("{name:<32} {help}"),
    };
    Candidate { display, replacement: replacement.to_owned() }
}

/// Where the name at the end of `line` starts; `kafka::pro` is one name.
fn word_start(line: &str) -> usize {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    line.char_indices().rev().take_while(|(_, c)| word(*c)).last().map_or(line.len(), |(at, _)| at)
}
