//! A value of the file, or where it stands instead.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use wait_timeout::ChildExt;

use super::Secret;
use super::environment::Environment;

/// How long a command may take to print a value.
const PATIENCE: Duration = Duration::from_secs(10);

/// A value, or where it is read when it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Here.
    Text(Secret),
    /// In an environment variable.
    Variable(String),
    /// In a file.
    File(PathBuf),
    /// On the stdout of a program, given with its arguments.
    Command(Vec<String>),
}

impl Value {
    /// What the key of the file ends with.
    pub fn suffix(&self) -> &'static str {
        match self {
            Value::Text(_) => "",
            Value::Variable(_) => "_env",
            Value::File(_) => "_file",
            Value::Command(_) => "_command",
        }
    }

    /// The value itself, without the newline at its end; the error says what is missing.
    pub fn read(&self, environment: &Environment) -> Result<Secret, String> {
        match self {
            Value::Text(text) => Ok(text.clone()),
            Value::Variable(name) => environment
                .variable(name)
                .map(Secret::new)
                .ok_or_else(|| format!("${name} is not set")),
            Value::File(path) => std::fs::read_to_string(path)
                .map(|text| trimmed(&text))
                .map_err(|error| format!("{}: {error}", path.display())),
            Value::Command(words) => printed(words).map(|text| trimmed(&text)),
        }
    }
}

fn trimmed(text: &str) -> Secret {
    Secret::new(text.trim_end_matches(['\r', '\n']))
}

/// What the program prints. Its stderr goes where ours goes: it may ask the user something.
fn printed(words: &[String]) -> Result<String, String> {
    let [program, arguments @ ..] = words else { return Err("the command is empty".to_owned()) };
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("{program}: {error}"))?;
    let ended = child.wait_timeout(PATIENCE).map_err(|error| format!("{program}: {error}"))?;
    let Some(status) = ended else {
        // It is over either way: what matters is that it took too long.
        let _ = child.kill().and_then(|()| child.wait());
        return Err(format!("{program} did not end within {PATIENCE:?}"));
    };
    if !status.success() {
        return Err(format!("{program} failed: {status}"));
    }
    let mut text = String::new();
    let read = child.stdout.take().map(|mut stdout| stdout.read_to_string(&mut text));
    match read {
        Some(Ok(_)) if !text.trim().is_empty() => Ok(text),
        Some(Err(error)) => Err(format!("{program}: {error}")),
        _ => Err(format!("{program} printed nothing")),
    }
}
