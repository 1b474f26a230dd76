//! Which command a command line calls.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::process::ExitCode;

use super::show::show;
use super::{fail, globals, help, host, listing, locate, panics, run, signals, welcome, words};
use crate::context::stdout;
use crate::error::{Failure, Kind};
use crate::host::{Command, Library, Report};
use crate::nearest::nearest;

/// Runs the command line `args` (with the program's name first) and returns its exit code.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    panics::watch();
    let line: Vec<OsString> = args.collect();
    let words = words::words(&line);
    if words.first().is_some_and(|word| host::is_run(word)) {
        signals::expect();
    }
    let code = match words.first().map(String::as_str) {
        Some(word) if !host::is_word(word) => script(&line, &words),
        None if line.len() < 2 => alone(),
        _ => host_word(&run::with_own_help(&line, &words)),
    };
    locate::leave();
    match stdout::failure() {
        Some(failure) => {
            eprint!("{}", Report::from(failure));
            ExitCode::FAILURE
        }
        None => code,
    }
}

fn host_word(line: &[OsString]) -> ExitCode {
    let root = globals::add(help::root(&Library::open()), false);
    let matches = match root.try_get_matches_from(line) {
        Ok(matches) => matches,
        Err(error) => return fail::clap(&error),
    };
    let called = matches.subcommand().and_then(|(name, inner)| {
        host::WORDS.iter().find(|word| word.name == name).map(|word| (word, inner))
    });
    match called {
        Some((word, inner)) => (word.run)(inner, globals::given(inner)),
        None => ExitCode::from(2),
    }
}

fn script(line: &[OsString], words: &[String]) -> ExitCode {
    let library = Library::open();
    let Some((command, _)) = library.find(words) else {
        return folder(&library, words);
    };
    if command.shadows() {
        let path = command.path.trim_end_matches(".rhai");
        eprintln!("note: scripts/{path}.rhai takes the place of the bundled command");
    }
    match command.script() {
        Ok(script) => run::command(&script, &command.words(), line),
        Err(failure) => fail::finish(Err(failure.into())),
    }
}

/// A word that is no command: a folder of commands, or a mistake.
fn folder(library: &Library, words: &[String]) -> ExitCode {
    if library.under(words).is_empty() {
        return fail::finish(Err(unknown(library, words)));
    }
    show(&listing::under(library, words));
    ExitCode::SUCCESS
}

/// No arguments at all: a person gets things to try, a script that forgot them an error.
fn alone() -> ExitCode {
    if std::io::stdout().is_terminal() {
        show(welcome::TEXT);
        return ExitCode::SUCCESS;
    }
    eprintln!("Usage: kafkaefd [OPTIONS] COMMAND [ARGS]\n\n`kafkaefd help` lists all commands.");
    ExitCode::from(2)
}

/// The words of a command and of each folder it is in: `admin`, `admin topics`, …
fn prefixes(command: &Command) -> Vec<String> {
    let words = command.words();
    (1..=words.len()).filter_map(|count| words.get(..count)).map(|words| words.join(" ")).collect()
}

/// The error for words that are no command.
pub fn unknown(library: &Library, words: &[String]) -> Report {
    // Words after one that leads nowhere are arguments of what was meant.
    let is_folder =
        |count: &usize| words.get(..*count).is_some_and(|w| !library.under(w).is_empty());
    let folders = (1..words.len()).take_while(is_folder).count();
    let given = words.get(..=folders).unwrap_or(words).join(" ");
    let all = library.under::<&str>(&[]);
    let known: BTreeSet<String> = all.iter().flat_map(|command| prefixes(command)).collect();
    let host_words = host::WORDS.iter().map(|word| word.name);
    let candidates = known.iter().map(String::as_str).chain(host_words);
    // `topics` is the end of `admin topics`.
    let is_end = |name: &&str| name.strip_suffix(&given).is_some_and(|rest| rest.ends_with(' '));
    let end = known.iter().map(String::as_str).find(is_end);
    let remedy = end.or_else(|| nearest(&given, candidates)).map_or_else(
        || "`kafkaefd help` lists all commands".to_owned(),
        |near| format!("did you mean `kafkaefd {near}`?"),
    );
    Failure::new(Kind::Usage, format!("unknown command `{given}`")).with_remedy(remedy).into()
}
