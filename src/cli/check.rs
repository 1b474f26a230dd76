//! `kafkaefd check FILE`: a script looked at without running it.

use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use super::fail;
use super::show::show;
use crate::host::{self, Report, Script};
use crate::settings::Given;

/// The definition of `check`.
pub fn definition() -> Command {
    Command::new("check")
        .about("Look at a script without running it: syntax, header, imports, needs")
        .arg(Arg::new("script").value_name("FILE").required(true).help("The script, or -"))
}

/// Prints the script's arguments, what it needs and what it imports, then `ok`.
pub fn run(matches: &ArgMatches, _given: Given) -> ExitCode {
    let path = matches.get_one::<String>("script").map_or("-", String::as_str);
    fail::finish(check(path))
}

fn check(path: &str) -> Result<(), Report> {
    let script = Script::read(Path::new(path))?;
    let checked = host::check(&script)?;
    for spec in &checked.header.args {
        let long = || format!("--{}", spec.long());
        let name = if spec.positional { spec.name.to_uppercase() } else { long() };
        show(&format!("takes    {name}  {}\n", spec.help));
    }
    for need in &checked.header.needs {
        show(&format!("needs    {need}\n"));
    }
    for import in &checked.imports {
        show(&format!("imports  {}\n", import.name));
    }
    show("ok\n");
    Ok(())
}
