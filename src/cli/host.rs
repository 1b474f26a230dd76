//! The host words: commands that are part of the binary, which no script can take.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use super::{check, doc, eject, fail, help, repl, run, test, up};
use crate::host::Report;
use crate::settings::Given;

/// A command of the host.
pub struct Word {
    /// What it is called.
    pub name: &'static str,
    /// Its options.
    pub definition: fn() -> Command,
    /// Runs it.
    pub run: fn(&ArgMatches, Given) -> ExitCode,
}

/// All of them, in the order of the help.
pub const WORDS: [Word; 8] = [
    Word { name: "run", definition: run::definition, run: run::run },
    Word { name: "repl", definition: repl::definition, run: |_, given| repl::run(given) },
    Word { name: "up", definition: up::definition, run: up },
    Word { name: "help", definition: help::definition, run: help::run },
    Word { name: "check", definition: check::definition, run: check::run },
    Word { name: "test", definition: test::definition, run: test::run },
    Word { name: "doc", definition: doc::definition, run: doc::run },
    Word { name: "eject", definition: eject::definition, run: eject::run },
];

/// Whether `word` is one of them.
pub fn is_word(word: &str) -> bool {
    WORDS.iter().any(|host| host.name == word)
}

/// Whether a command that starts with `word` runs scripts, which a signal stops in good order; any
/// other ends with the signal, or listens by itself.
pub fn is_run(word: &str) -> bool {
    !is_word(word) || matches!(word, "run" | "test")
}

fn up(matches: &ArgMatches, given: Given) -> ExitCode {
    fail::finish(up::run(matches, &given).map_err(Report::from))
}
