//! `kafkaefd run FILE`: runs a script.

use std::ffi::OsString;
use std::process::ExitCode;

use super::locate::locate;
use crate::context::Context;
use crate::host;
use crate::settings::{Given, Settings};

pub fn run(mut args: impl Iterator<Item = OsString>) -> ExitCode {
    let Some(file) = args.nth(2) else { return ExitCode::from(2) };
    let settings = match Settings::load(Given::default()) {
        Ok(settings) => settings,
        Err(failure) => return super::ended(Err(failure)),
    };
    let context = Context::new(settings, Box::new(locate));
    let engine = host::build(&context);
    match engine.run_file(file.into()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
