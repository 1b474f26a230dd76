//! Which command a command line calls.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Command;

use super::{fail, globals, listing, repl, run, up, words};
use crate::error::{Failure, Kind};
use crate::host::{Library, Report, nearest};

/// The words that no script can take.
const HOST: [&str; 3] = ["repl", "run", "up"];

/// Runs the command line `args` (with the program's name first) and returns its exit code.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let line: Vec<OsString> = args.collect();
    let words = words::words(&line);
    match words.first().map(String::as_str) {
        Some(word) if !HOST.contains(&word) => script(&line, &words),
        _ => host(&line),
    }
}

fn host(line: &[OsString]) -> ExitCode {
    let library = Library::open();
    let root = Command::new("kafkaefd")
        .about("A scripting host for Kafka experiments")
        .subcommand_value_name("COMMAND")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(format!("Scripts:\n{}", listing::under(&library, &[])))
        .subcommand(repl::definition())
        .subcommand(run::definition())
        .subcommand(up::definition());
    let matches = match globals::add(root, false).try_get_matches_from(line) {
        Ok(matches) => matches,
        Err(error) => return fail::clap(&error),
    };
    match matches.subcommand() {
        Some(("run", inner)) => run::run(inner, globals::given(inner)),
        Some(("repl", inner)) => repl::run(globals::given(inner)),
        Some(("up", inner)) => {
            fail::finish(up::run(inner, &globals::given(inner)).map_err(Report::from))
        }
        _ => ExitCode::from(2),
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
    print!("{}", listing::under(library, words));
    ExitCode::SUCCESS
}

fn unknown(library: &Library, words: &[String]) -> Report {
    let given = words.join(" ");
    let all = library.under::<&str>(&[]);
    let known: Vec<String> = all.iter().map(|command| command.words().join(" ")).collect();
    let candidates = known.iter().map(String::as_str).chain(HOST);
    let remedy = nearest(&given, candidates).map_or_else(
        || "`kafkaefd help` lists all commands".to_owned(),
        |near| format!("did you mean `kafkaefd {near}`?"),
    );
    Failure::new(Kind::Usage, format!("unknown command `{given}`")).with_remedy(remedy).into()
}
