//! `kafkaefd up`: the embedded stack for other shells.

use std::io::Write;

use clap::{Arg, ArgMatches, Command, value_parser};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::locate::DEFAULT;
use super::size;
use crate::embedded::broker::DEFAULT_LIMIT;
use crate::embedded::directory::Directory;
use crate::embedded::{EmbeddedError, Stack, StackOptions};
use crate::error::{Failure, Kind};
use crate::settings::{Endpoints, Environment, Given};

/// The definition of `up`.
pub fn definition() -> Command {
    Command::new("up")
        .about("Run a Kafka broker and a Schema Registry in this process, for development")
        .long_about(
            "Run a Kafka broker and a Schema Registry in this process, for development.\n\n\
             Commands in other shells join the stack `default` by themselves, any other with \
             --stack NAME. Everything is kept in memory; Ctrl-C stops it.",
        )
        .arg(port("port", "19092", "The broker's port; 0 is any free one"))
        .arg(port("registry-port", "18081", "The registry's port; 0 is any free one"))
        .arg(
            Arg::new("max-memory")
                .long("max-memory")
                .value_name("SIZE")
                .help("How much the broker's records may take, then producers are refused")
                .default_value("1GiB")
                .value_parser(size::parse),
        )
}

fn port(name: &'static str, default: &'static str, help: &'static str) -> Arg {
    let arg = Arg::new(name).long(name).value_name("PORT").help(help);
    arg.default_value(default).value_parser(value_parser!(u16))
}

/// Runs the stack that `given` names until Ctrl-C, SIGTERM or the end of the terminal.
pub fn run(matches: &ArgMatches, given: &Given) -> Result<(), Failure> {
    let environment = Environment::of_process();
    let name = given.stack.as_deref().or(environment.variable("KAFKAEFD_STACK"));
    let name = name.unwrap_or(DEFAULT);
    let port = |id| matches.get_one::<u16>(id).copied().unwrap_or_default();
    let options = StackOptions {
        broker_port: port("port"),
        registry_port: port("registry-port"),
        max_memory: matches.get_one("max-memory").copied().unwrap_or(DEFAULT_LIMIT),
    };
    // Before the first server starts: a signal from then on ends it cleanly.
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])
        .map_err(|e| Failure::new(Kind::Failed, format!("cannot watch for signals: {e}")))?;
    let directory = Directory::open()?;
    let mut slot = directory.reserve(name)?;
    let stack = Stack::start(&options).map_err(|error| explain(error, &directory))?;
    slot.publish(&stack.endpoints())?;
    // Nobody may read what it prints; the stack runs all the same.
    let _ = std::io::stdout().write_all(greeting(name, &stack.endpoints()).as_bytes());
    let _ = std::io::stdout().flush();
    signals.forever().next();
    drop(slot);
    drop(stack);
    Ok(())
}

/// Says which stack holds a port that is taken.
fn explain(error: EmbeddedError, directory: &Directory) -> Failure {
    let EmbeddedError::PortTaken { port, .. } = error else { return error.into() };
    let running = directory.running().unwrap_or_default();
    match running.iter().find(|entry| entry.holds(port)) {
        Some(entry) => Failure::from(error).with_remedy(format!(
            "stack `{}` (pid {}) holds it; give --port 0 --registry-port 0 for free ones",
            entry.name, entry.pid
        )),
        None => error.into(),
    }
}

fn greeting(name: &str, endpoints: &Endpoints) -> String {
    let stack = if name == DEFAULT { String::new() } else { format!(" --stack {name}") };
    let broker = endpoints.broker.as_deref().unwrap_or_default();
    let registry = endpoints.registry.as_deref().unwrap_or_default();
    format!(
        "stack `{name}` is up, for development only; its data lives in memory\n  \
           broker    {broker}\n  \
           registry  {registry}\n\
         in another shell:\n  \
           kafkaefd admin topics list{stack}\n  \
           kafkaefd repl{stack}\n  \
           kcat -b {broker} -L\n\
         Ctrl-C stops it\n"
    )
}
