//! `kafkaefd run FILE`: runs a script.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::context::{Context, Located};
use crate::host;
use crate::settings::Settings;

pub fn run(mut args: impl Iterator<Item = OsString>) -> ExitCode {
    let Some(file) = args.nth(2) else { return ExitCode::from(2) };
    let settings = Settings::default();
    let context = Context::new(
        settings,
        Box::new(|settings| Ok(Located { endpoints: settings.endpoints.clone(), keep: None })),
    );
    let engine = host::build(&context);
    match engine.run_file(file.into()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
