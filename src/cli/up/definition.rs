//! The options of `kafkaefd up`.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::cli::size;
use crate::embedded::StackOptions;
use crate::embedded::broker::DEFAULT_LIMIT;

/// The definition of `up`.
pub fn definition() -> Command {
    Command::new("up")
        .about("Run a Kafka broker and a Schema Registry in this process, for development")
        .long_about(
            "Run a Kafka broker and a Schema Registry in this process, for development.\n\n\
             Commands in other shells join the stack `default` by themselves, any other with \
             --stack NAME. Everything is kept in memory; Ctrl-C stops it. With --data DIR it is \
             kept in that folder too, and there again after a restart.",
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
        .arg(
            Arg::new("data")
                .long("data")
                .value_name("DIR")
                .help("Keep everything in DIR too, over restarts; --max-memory counts as without")
                .value_parser(value_parser!(PathBuf)),
        )
}

fn port(name: &'static str, default: &'static str, help: &'static str) -> Arg {
    let arg = Arg::new(name).long(name).value_name("PORT").help(help);
    arg.default_value(default).value_parser(value_parser!(u16))
}

/// What `matches` ask of the stack.
pub fn options(matches: &ArgMatches) -> StackOptions {
    let port = |id| matches.get_one::<u16>(id).copied().unwrap_or_default();
    StackOptions {
        broker_port: port("port"),
        registry_port: port("registry-port"),
        max_memory: matches.get_one("max-memory").copied().unwrap_or(DEFAULT_LIMIT),
        data: matches.get_one("data").cloned(),
    }
}
