//! The command line: one file a host command; any other word is a script.

mod run;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command line `args` (with the program's name first) and returns its exit code.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    run::run(args)
}
