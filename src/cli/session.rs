//! From the values of the global options to a run.

use super::locate::locate;
use super::{logs, signals};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::settings::{Given, Settings};

/// A run that the global options configure; Ctrl-C and SIGTERM stop it.
pub fn open(given: Given) -> Result<Context, Failure> {
    let context = configured(given)?;
    signals::watch(&context);
    Ok(context)
}

/// A session that the global options configure; Ctrl-C stops its running call only.
pub fn interactive(given: Given) -> Result<Context, Failure> {
    let context = configured(given)?;
    signals::watch_calls(&context)?;
    Ok(context)
}

fn configured(given: Given) -> Result<Context, Failure> {
    // A mistake in the settings is one of the call, whatever is wrong there.
    let usage = |failure| Failure { kind: Kind::Usage, ..failure };
    let settings = Settings::load(given).map_err(usage)?;
    logs::start(settings.log_level);
    Ok(Context::new(settings, Box::new(locate)))
}
