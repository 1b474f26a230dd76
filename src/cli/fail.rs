//! How a command ends.

use std::process::ExitCode;

use super::signals;
use crate::context::stdout;
use crate::error::Kind;
use crate::host::Report;

/// Prints what ended a command on stderr, if anything did, and returns the exit code.
pub fn finish(result: Result<(), Report>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of the pipe has what it wanted.
        Err(_) if stdout::is_closed() => ExitCode::SUCCESS,
        Err(report) if report.kind == Kind::Cancelled => {
            eprintln!("stopped");
            ExitCode::from(signals::exit_code().unwrap_or(report.exit_code()))
        }
        Err(report) => {
            eprint!("{report}");
            ExitCode::from(report.exit_code())
        }
    }
}

/// Ends as clap says: help and version on stdout, a mistake on stderr with exit code 2.
pub fn clap(error: &clap::Error) -> ExitCode {
    // Nobody is left to tell if stdout or stderr is gone.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
