//! From the first server of the stack to its last.

use std::io::Write;

use clap::ArgMatches;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::status::Line;
use super::{definition, greeting, taken};
use crate::cli::locate::{DEFAULT, OWN};
use crate::embedded::Stack;
use crate::embedded::directory::Directory;
use crate::error::{Failure, Kind};
use crate::settings::{Environment, Given};

/// Runs the stack that `given` names until Ctrl-C, SIGTERM or the end of the terminal.
pub fn run(matches: &ArgMatches, given: &Given) -> Result<(), Failure> {
    let environment = Environment::of_process();
    let name = given.stack.as_deref().or(environment.variable("KAFKAEFD_STACK"));
    let name = name.unwrap_or(DEFAULT);
    if name == OWN {
        let message =
            format!("cannot start stack `{OWN}`: it is the one that a run has for itself");
        return Err(Failure::new(Kind::Usage, message).with_remedy("give another --stack name"));
    }
    let options = definition::options(matches);
    // Before the first server starts: a signal from then on ends it cleanly.
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])
        .map_err(|e| Failure::new(Kind::Failed, format!("cannot watch for signals: {e}")))?;
    let directory = Directory::open()?;
    let mut slot = directory.reserve(name)?;
    let stack = Stack::start(&options).map_err(|error| taken::explain(error, &directory))?;
    slot.publish(&stack.endpoints())?;
    // Nobody may read what it prints; the stack runs all the same.
    for note in stack.notes() {
        let _ = writeln!(std::io::stderr(), "note: {note}");
    }
    let greeting = greeting::greeting(name, &stack.endpoints(), options.data.as_deref());
    let _ = std::io::stdout().write_all(greeting.as_bytes());
    let _ = std::io::stdout().flush();
    let line = Line::start(stack.watch());
    signals.forever().next();
    drop(line);
    drop(slot);
    drop(stack);
    Ok(())
}
