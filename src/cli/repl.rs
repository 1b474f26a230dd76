//! `kafkaefd repl`: an interactive session.

use std::process::ExitCode;

use clap::Command;

use super::{fail, session};
use crate::host::Report;
use crate::repl;
use crate::settings::Given;

/// The definition of `repl`.
pub fn definition() -> Command {
    Command::new("repl")
        .about("Try things line by line: Tab completes, `help` explains")
        .override_usage("kafkaefd repl [OPTIONS]")
}

/// Runs a session on standard input.
pub fn run(given: Given) -> ExitCode {
    let ended =
        session::interactive(given).map_err(Report::from).and_then(|context| repl::run(&context));
    ended.unwrap_or_else(|report| fail::finish(Err(report)))
}
