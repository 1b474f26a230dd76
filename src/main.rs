//! The `kafkaefd` binary: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    kafkaefd::cli::main(std::env::args_os())
}
