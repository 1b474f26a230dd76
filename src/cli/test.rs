//! `kafkaefd test FILE|DIR…`: the tests in scripts.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::show::show;
use super::{fail, session, signals};
use crate::error::{Failure, Kind};
use crate::host::{self, Report, Script};
use crate::settings::Given;

/// The definition of `test`.
pub fn definition() -> Command {
    Command::new("test")
        .about("Run every `fn test_…()` of scripts, each in an engine of its own")
        .arg(
            Arg::new("paths")
                .value_name("FILE|DIR")
                .help("Scripts, or folders of scripts")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf)),
        )
}

/// Prints a line a test and the sum; why a test failed stands on stderr.
pub fn run(matches: &ArgMatches, given: Given) -> ExitCode {
    let paths: Vec<PathBuf> = matches.get_many("paths").into_iter().flatten().cloned().collect();
    match test_all(&paths, &given) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(report) => fail::finish(Err(report)),
    }
}

/// Whether all tests passed; an error if there is none, or if a file cannot be read.
fn test_all(paths: &[PathBuf], given: &Given) -> Result<bool, Report> {
    let (mut passed, mut failed) = (0, 0);
    for file in files(paths)? {
        let script = Script::read(&file)?;
        let tests = host::tests(&script).unwrap_or_else(|report| {
            failed += 1;
            show(&format!("FAILED  {}\n", script.name));
            eprint!("{report}");
            Vec::new()
        });
        for name in tests {
            let context = session::open(given.clone())?;
            let result = host::test(&context, &script, &name);
            if signals::received().is_some() {
                return Err(Report::new(Kind::Cancelled, "stopped"));
            }
            match result {
                Ok(()) => passed += 1,
                Err(_) => failed += 1,
            }
            let word = if result.is_ok() { "ok    " } else { "FAILED" };
            show(&format!("{word}  {}  {name}\n", script.name));
            if let Err(report) = result {
                eprint!("{report}");
            }
        }
    }
    if passed + failed == 0 {
        let message = "cannot run tests: no script there has a `fn test_…()`";
        return Err(Report::new(Kind::NotFound, message));
    }
    show(&format!("{passed} passed, {failed} failed\n"));
    Ok(failed == 0)
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let below = scripts_under(path)?;
            found.extend(below);
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn scripts_under(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(current) = folders.pop() {
        let wrong = |error: std::io::Error| {
            let shown = current.display();
            Failure::new(Kind::Failed, format!("cannot read folder `{shown}`: {error}"))
        };
        for entry in std::fs::read_dir(&current).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            if entry.file_type().map_err(wrong)?.is_dir() {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|extension| extension == "rhai") {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
