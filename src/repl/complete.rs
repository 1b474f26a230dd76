//! What Tab offers.

use std::sync::Arc;

use super::command::COMMANDS;
use super::lexer::{Kind, keywords, lex};
use crate::host::catalog::{Catalog, Form, Function};
use crate::modules::out::terminal_width;

/// One offer: what is shown, and what it puts into the line.
pub struct Candidate {
    /// The name or the signature.
    name: String,
    /// What it is for, if that is known.
    help: String,
    replacement: String,
    /// Name and help on one line of the terminal.
    display: String,
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
        let width = terminal_width().unwrap_or(80);
        if let Some(word) = line.strip_prefix(':').filter(|rest| !rest.contains(' ')) {
            let names = COMMANDS.iter().filter(|(name, ..)| name[1..].starts_with(word));
            let offer = |(name, argument, help): &(&str, &str, &str)| {
                offer(&format!("{name} {argument}"), help, name)
            };
            return (0, lay_out(names.map(offer).collect(), width));
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
        (start, lay_out(self.offers(&line[..start], &line[start..]), width))
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
        one_each(found.collect())
            .into_iter()
            .map(|f| offer(bare(f), &f.summary, &format!("{}(", f.path())))
            .collect()
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
        one_each(found.collect())
            .into_iter()
            .map(|f| offer(bare(f), &f.summary, &text(f)))
            .collect()
    }
}

fn offer(name: &str, help: &str, replacement: &str) -> Candidate {
    let [name, help, replacement] = [name, help, replacement].map(str::to_owned);
    Candidate { name, help, replacement, display: String::new() }
}

/// The signature without the module or the type, which stand in the line already.
fn bare(function: &Function) -> &str {
    let mark = if function.receiver.is_some() { "." } else { "::" };
    function.signature.split_once(mark).map_or(&function.signature, |(_, rest)| rest)
}

/// One offer a name: the form with the most parameters.
fn one_each(mut functions: Vec<&Function>) -> Vec<&Function> {
    functions.sort_by_key(|f| (f.name.clone(), std::cmp::Reverse(f.parameters.len())));
    functions.dedup_by(|next, first| next.name == first.name);
    functions
}

/// Sets names and helps in two columns of `width`.
fn lay_out(mut offers: Vec<Candidate>, width: usize) -> Vec<Candidate> {
    let longest = offers.iter().filter(|offer| !offer.help.is_empty()).map(|o| o.name.len()).max();
    let column = longest.unwrap_or(0).min(width * 3 / 5);
    for offer in &mut offers {
        let alone = offer.help.is_empty() || offer.name.len() > column;
        let help = if alone { String::new() } else { format!("  {}", offer.help) };
        let column = if alone { 0 } else { column };
        let line = format!("{:<column$}{help}", offer.name);
        offer.display = match line.char_indices().nth(width - 1) {
            Some((cut, _)) => format!("{}…", line.get(..cut).unwrap_or_default()),
            None => line,
        };
    }
    offers
}

/// Where the name at the end of `line` starts; `kafka::pro` is one name.
fn word_start(line: &str) -> usize {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    line.char_indices().rev().take_while(|(_, c)| word(*c)).last().map_or(line.len(), |(at, _)| at)
}
