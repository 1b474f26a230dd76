//! The options of every command, accepted before and after it.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::settings::{Given, LogLevel, Output};

const HEADING: &str = "Global options";

/// The long names that take a value, for finding the command's words before anything is parsed.
pub const VALUED: [&str; 7] =
    ["broker", "registry", "kafka-connect", "profile", "stack", "output", "log-level"];

/// Adds the global options to the root command. `--version` is left to a script that declares its
/// own (`registry show --version 3`).
pub fn add(command: Command, own_version: bool) -> Command {
    let valued = [
        option("broker", "HOST:PORT,…", "Kafka's bootstrap servers [env: BROKER]"),
        option("registry", "URL", "The Schema Registry [env: SCHEMAREGISTRY]"),
        option("kafka-connect", "URL", "Kafka Connect [env: KAFKA_CONNECT]"),
        option("profile", "NAME", "embedded, local, cluster, or one of kafkaefd.toml"),
        option("stack", "NAME", "The embedded stack to join; own: one for this run alone"),
        option("output", "FORM", "How data is printed").value_parser(Output::WORDS),
        option("log-level", "LEVEL", "What is logged on stderr").value_parser(LogLevel::WORDS),
    ];
    let command = command.args(valued).arg(help()).disable_help_flag(true);
    let command = command.disable_version_flag(true);
    if own_version {
        return command;
    }
    command.version(env!("CARGO_PKG_VERSION")).propagate_version(true).arg(version())
}

fn version() -> Arg {
    Arg::new("version")
        .long("version")
        .global(true)
        .action(ArgAction::Version)
        .help("Print the version")
        .help_heading(HEADING)
}

fn help() -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .global(true)
        .action(ArgAction::HelpShort)
        .help("Print this help")
        .help_heading(HEADING)
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help).global(true).help_heading(HEADING)
}

/// The values of the global options.
pub fn given(matches: &ArgMatches) -> Given {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    Given {
        broker: text("broker"),
        registry: text("registry"),
        connect: text("kafka-connect"),
        profile: text("profile"),
        stack: text("stack"),
        output: text("output"),
        log_level: text("log-level"),
    }
}
