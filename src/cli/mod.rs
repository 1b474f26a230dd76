//! The command line: one file a host command; any other word is a script.

mod locate;
mod run;
mod up;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::settings::Given;

/// Runs the command line `args` (with the program's name first) and returns its exit code.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    if args.get(1).is_some_and(|word| word == "up") {
        let stack = clap::Arg::new("stack").long("stack");
        return match up::definition().arg(stack).try_get_matches_from(args.iter().skip(1)) {
            Ok(matches) => {
                let stack = matches.get_one::<String>("stack").cloned();
                ended(up::run(&matches, &Given { stack, ..Given::default() }))
            }
            Err(error) => error.exit(),
        };
    }
    run::run(args.into_iter())
}

fn ended(result: Result<(), crate::error::Failure>) -> ExitCode {
    let Err(failure) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {failure}");
    if let Some(remedy) = &failure.remedy {
        eprintln!("  {remedy}");
    }
    ExitCode::from(failure.kind.exit_code())
}
