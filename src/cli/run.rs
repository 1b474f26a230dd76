//! `kafkaefd run FILE|- [-- ARGS]`, and scripts as commands.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{args, fail, globals, pairs, session, signals};
use crate::host::{self, Header, Report, Script};
use crate::settings::Given;

/// The definition of `run`.
pub fn definition() -> Command {
    Command::new("run")
        .about("Run a script: FILE, or - for standard input")
        .override_usage("kafkaefd run [OPTIONS] FILE|- [-- ARGS]")
        .arg(Arg::new("script").value_name("FILE").required(true).help("The script, or -"))
        .arg(
            Arg::new("arguments")
                .value_name("ARGS")
                .help("What the script gets: `kafkaefd run FILE -- --help` lists it")
                .action(ArgAction::Append)
                .num_args(0..)
                .value_parser(value_parser!(OsString))
                .trailing_var_arg(true)
                .allow_hyphen_values(true),
        )
}

/// The command line with `--` before a `--help` that follows FILE: it asks for that of the script.
pub fn with_own_help(line: &[OsString], words: &[String]) -> Vec<OsString> {
    let mut line = line.to_vec();
    let [run, _file] = words else { return line };
    let is = |arg: &&OsString, names: &[&str]| names.iter().any(|name| **arg == **name);
    let file = line.iter().rposition(|arg| words.last().is_some_and(|file| **arg == **file));
    let end = line.iter().position(|arg| is(&arg, &["--"])).unwrap_or(line.len());
    let help = line.iter().position(|arg| is(&arg, &["--help", "-h"])).filter(|at| *at < end);
    if let (true, Some(help)) = (run == "run", help.filter(|help| Some(*help) > file)) {
        line.insert(help, "--".into());
    }
    line
}

/// Runs a file: what follows it is parsed by the script's own header.
pub fn run(matches: &ArgMatches, given: Given) -> ExitCode {
    let path = matches.get_one::<String>("script").map_or("-", String::as_str);
    let rest = matches.get_many::<OsString>("arguments").into_iter().flatten().cloned();
    let (script, header) = match read(path) {
        Ok(read) => read,
        Err(report) => return fail::finish(Err(report)),
    };
    let usage = format!("kafkaefd run {path} --");
    let command = args::command("run", &header, false).bin_name(usage).no_binary_name(true);
    match globals::add(command, args::has_version(&header))
        .try_get_matches_from(pairs::split(rest, &header))
    {
        Ok(matches) => execute(&script, &header, &matches, globals::given(&matches).or(given)),
        Err(error) => fail::clap(&error),
    }
}

/// Runs a script that is a command; `line` is the whole command line.
pub fn command(script: &Script, words: &[&str], line: &[OsString]) -> ExitCode {
    let header = match Header::read(script) {
        Ok(header) => header,
        Err(report) => return fail::finish(Err(report)),
    };
    let line = pairs::split(line.iter().cloned(), &header);
    match definition_of(script, &header, words).try_get_matches_from(line) {
        Ok(matches) => {
            let mut innermost = &matches;
            while let Some((_, inner)) = innermost.subcommand() {
                innermost = inner;
            }
            execute(script, &header, innermost, globals::given(innermost))
        }
        Err(error) => fail::clap(&error),
    }
}

/// The help page of a script that is a command.
pub fn help(script: &Script, words: &[&str]) -> Result<String, Report> {
    let header = Header::read(script)?;
    let mut root = definition_of(script, &header, words);
    root.build();
    let mut command = &mut root;
    for word in words {
        command = match command.find_subcommand_mut(word) {
            Some(inner) => inner,
            None => return Ok(String::new()),
        };
    }
    Ok(command.render_help().to_string())
}

/// `kafkaefd` with nothing but the command that `words` name.
fn definition_of(script: &Script, header: &Header, words: &[&str]) -> Command {
    let (last, folders) = words.split_last().unwrap_or((&"", &[]));
    let leaf = args::command(last, header, script.is_bundled());
    let nested = folders.iter().rev().fold(leaf, |inner, word| {
        Command::new((*word).to_owned()).subcommand(inner).disable_help_subcommand(true)
    });
    let root = Command::new("kafkaefd").subcommand(nested).disable_help_subcommand(true);
    globals::add(root, args::has_version(header))
}

fn read(path: &str) -> Result<(Script, Header), Report> {
    let script = Script::read(Path::new(path))?;
    let header = Header::read(&script)?;
    Ok((script, header))
}

fn execute(script: &Script, header: &Header, matches: &ArgMatches, given: Given) -> ExitCode {
    let values = args::values(matches, header);
    let result = session::open(given)
        .map_err(Report::from)
        .and_then(|context| host::run(&context, script, values));
    signals::forget();
    fail::finish(result)
}
