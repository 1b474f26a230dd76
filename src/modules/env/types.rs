//! What a script may see of the environment.

use std::io::{IsTerminal, stdin, stdout};

use rhai::{Dynamic, Map};
use rustyline::error::ReadlineError;

use crate::error::{Failure, Kind};
use crate::settings::Endpoints;

/// The only environment variables a script reads start so.
const PREFIX: &str = "KAFKAEFD_VAR_";

/// The value of the environment variable `name`, where it is set.
pub fn variable(name: &str) -> Result<Option<String>, Failure> {
    if !name.starts_with(PREFIX) {
        let why =
            format!("cannot read `{name}`: scripts see environment variables `{PREFIX}*` only");
        return Err(Failure::new(Kind::Denied, why)
            .with_remedy(format!("set `{PREFIX}{name}` and read that")));
    }
    match std::env::var(name) {
        Ok(text) => Ok(Some(text)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(error) => Err(Failure::new(Kind::Invalid, format!("cannot read `{name}`: {error}"))),
    }
}

/// The addresses as a script sees them.
pub fn endpoints(endpoints: &Endpoints) -> Map {
    let address = |text: &Option<String>| text.clone().map_or(Dynamic::UNIT, Dynamic::from);
    Map::from([
        ("broker".into(), address(&endpoints.broker)),
        ("registry".into(), address(&endpoints.registry)),
        ("connect".into(), address(&endpoints.connect)),
        ("embedded".into(), endpoints.embedded.into()),
    ])
}

/// Asks `question` on the terminal.
pub fn confirm(question: &str) -> Result<bool, Failure> {
    let fail = |kind, why: String| Failure::new(kind, format!("cannot ask `{question}`: {why}"));
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(fail(Kind::Usage, "there is no terminal".to_owned())
            .with_remedy("give --yes to go on without the question"));
    }
    // The line editor reads the keys itself, so that Ctrl-C ends the question at once.
    let answer = rustyline::DefaultEditor::new()
        .and_then(|mut editor| editor.readline(&format!("{question} [y/N] ")));
    match answer {
        Ok(answer) => Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")),
        Err(ReadlineError::Eof) => Ok(false),
        Err(ReadlineError::Interrupted) => Err(fail(Kind::Cancelled, "stopped".to_owned())),
        Err(error) => Err(fail(Kind::Failed, error.to_string())),
    }
}
