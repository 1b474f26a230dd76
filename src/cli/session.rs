//! From the values of the global options to a run.

use super::locate::locate;
use super::signals;
use crate::context::Context;
use crate::error::Failure;
use crate::settings::{Given, Settings};

/// A run that the global options configure; Ctrl-C and SIGTERM stop it.
pub fn open(given: Given) -> Result<Context, Failure> {
    let context = Context::new(Settings::load(given)?, Box::new(locate));
    signals::watch(&context)?;
    Ok(context)
}

/// A session that the global options configure; Ctrl-C stops its running call only.
pub fn interactive(given: Given) -> Result<Context, Failure> {
    let context = Context::new(Settings::load(given)?, Box::new(locate));
    signals::watch_calls(&context)?;
    Ok(context)
}
