//! How a command ends.

use std::process::ExitCode;

use signal_hook::consts::SIGINT;

use super::show::show;
use super::signals;
use crate::context::stdout;
use crate::error::Kind;
use crate::host::Report;

/// Prints what ended a command on stderr, if anything did, and returns the exit code.
pub fn finish(result: Result<(), Report>) -> ExitCode {
    match (result, signals::received()) {
        // The reader of the pipe has what it wanted.
        (Err(report), None) if report.kind == Kind::Cancelled && stdout::is_closed() => {
            ExitCode::SUCCESS
        }
        // A pipeline that has drained returns as if it had come to its end.
        (Ok(()), Some(SIGINT)) => stopped(SIGINT),
        (Ok(()), _) => ExitCode::SUCCESS,
        (Err(report), signal) if report.kind == Kind::Cancelled => {
            stopped(signal.unwrap_or(SIGINT))
        }
        (Err(report), _) => {
            eprint!("{report}");
            ExitCode::from(report.exit_code())
        }
    }
}

fn stopped(signal: i32) -> ExitCode {
    eprintln!("stopped");
    ExitCode::from(signals::exit_code(signal))
}

/// Ends as clap says: help and version on stdout, a mistake on stderr with exit code 2.
pub fn clap(error: &clap::Error) -> ExitCode {
    // Nobody is left to tell if stdout or stderr is gone.
    let _ = error.print();
    if !error.use_stderr() && !error.render().to_string().ends_with('\n') {
        show("\n");
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
