//! `kafkaefd eject COMMAND`: a bundled script copied out, to be changed.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use super::fail;
use super::show::show;
use crate::error::{Failure, Kind};
use crate::host::{Library, Report, Script, check};
use crate::nearest::nearest;
use crate::settings::Given;

/// The definition of `eject`.
pub fn definition() -> Command {
    Command::new("eject")
        .about("Copy the script of a command to ./scripts, where it takes the command's place")
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .help("Its words: admin topics list")
                .required(true)
                .num_args(1..),
        )
}

/// Copies the script and the files beside it that it imports; nothing is overwritten.
pub fn run(matches: &ArgMatches, _given: Given) -> ExitCode {
    let words: Vec<String> = matches.get_many("command").into_iter().flatten().cloned().collect();
    fail::finish(eject(&words))
}

fn eject(words: &[String]) -> Result<(), Report> {
    let script = Script::bundled(&format!("{}.rhai", words.join("/")))
        .map_err(|_| unknown(&words.join(" ")))?;
    write(&script)?;
    for import in check(&script)?.imports {
        let path = import.name.trim_start_matches("bundled:").to_owned();
        if !path.starts_with("std/") && !Path::new("scripts").join(path).exists() {
            write(&import)?;
        }
    }
    Ok(())
}

fn write(script: &Script) -> Result<(), Failure> {
    let path = Path::new("scripts").join(script.name.trim_start_matches("bundled:"));
    let shown = path.display();
    let wrong = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::new(Kind::AlreadyExists, format!("cannot write `{shown}`: it exists already"))
                .with_remedy("move it away first; nothing was overwritten")
        }
        _ => Failure::new(Kind::Failed, format!("cannot write `{shown}`: {error}")),
    };
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(wrong)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(wrong)?;
    file.write_all(script.text.as_bytes()).map_err(wrong)?;
    show(&format!("wrote {shown}\n"));
    Ok(())
}

fn unknown(command: &str) -> Failure {
    let library = Library::open();
    let all = library.under::<&str>(&[]);
    let known: Vec<String> = all.iter().map(|command| command.words().join(" ")).collect();
    let failure = Failure::new(
        Kind::Usage,
        format!("cannot eject `{command}`: no bundled command has this name"),
    );
    match nearest(command, known.iter().map(String::as_str)) {
        Some(near) => failure.with_remedy(format!("did you mean `kafkaefd eject {near}`?")),
        None => failure.with_remedy("`kafkaefd help` lists all commands"),
    }
}
