//! The line editor: keys, colours, completion, continuation, history.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs::{self, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use rhai::Engine;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{ColorMode, CompletionType, Config, Context, Helper, Hinter};

use super::complete::{Candidate, Words};
use super::{command, highlight, incomplete, last};
use crate::settings::Settings;

/// What a person answered to a prompt.
pub enum Answer {
    /// A line, or several that belong together.
    Line(String),
    /// Ctrl-C: the line is dropped.
    Dropped,
    /// Ctrl-D.
    End,
}

/// Reads lines from a terminal.
pub struct Editor {
    inner: rustyline::Editor<Assistant, FileHistory>,
    history: Option<PathBuf>,
    secrets: Vec<String>,
}

impl Editor {
    /// An editor with the history of earlier sessions. Without a place for it there is no history.
    pub fn new(settings: &Settings) -> rustyline::Result<Editor> {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let config = Config::builder()
            .history_ignore_space(true)
            .history_ignore_dups(true)?
            .max_history_size(10_000)?
            .completion_type(CompletionType::List)
            .color_mode(if plain { ColorMode::Disabled } else { ColorMode::Enabled })
            .build();
        let mut inner = rustyline::Editor::with_config(config)?;
        let mut engine = Engine::new_raw();
        last::teach(&mut engine);
        inner.set_helper(Some(Assistant {
            engine,
            done: Cell::new(false),
            words: Words::default(),
        }));
        let history = history_file();
        if let Some(path) = &history {
            // A history that cannot be read is an empty one.
            let _ = inner.load_history(path);
        }
        Ok(Editor { inner, history, secrets: secrets(settings) })
    }

    /// What Tab offers from now on.
    pub fn offer(&mut self, words: Words) {
        if let Some(helper) = self.inner.helper_mut() {
            helper.words = words;
        }
    }

    /// Shows `prompt` and waits for a line.
    pub fn read(&mut self, prompt: &str) -> rustyline::Result<Answer> {
        match self.inner.readline(prompt) {
            Ok(line) => {
                self.remember(&line);
                Ok(Answer::Line(line))
            }
            Err(ReadlineError::Interrupted) => Ok(Answer::Dropped),
            Err(ReadlineError::Eof) => Ok(Answer::End),
            Err(error) => Err(error),
        }
    }

    fn remember(&mut self, line: &str) {
        let secret = self.secrets.iter().any(|secret| line.contains(secret));
        if secret || !self.inner.add_history_entry(line).unwrap_or(false) {
            return;
        }
        if let Some(path) = &self.history {
            // A disk that is full must not end the session.
            let _ = self.inner.append_history(path);
        }
    }
}

/// Values of the settings that must not reach the history.
fn secrets(settings: &Settings) -> Vec<String> {
    let hidden = |key: &str| ["password", "secret", "token", "key"].iter().any(|w| key.contains(w));
    let values = settings.kafka.iter().filter(|(key, _)| hidden(key));
    values.map(|(_, value)| value.expose().to_owned()).filter(|value| value.len() > 3).collect()
}

/// `$XDG_STATE_HOME/kafkaefd/history`, made readable for its owner alone.
fn history_file() -> Option<PathBuf> {
    let folder = etcetera::choose_base_strategy().ok()?.state_dir()?.join("kafkaefd");
    let path = folder.join("history");
    private(&folder, &path).is_ok().then_some(path)
}

fn private(folder: &Path, path: &Path) -> std::io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[derive(Helper, Hinter)]
struct Assistant {
    /// Compiles only, to tell whether a line is complete.
    engine: Engine,
    /// Whether the line is done, so that no bracket is marked any more.
    done: Cell<bool>,
    words: Words,
}

impl Completer for Assistant {
    type Candidate = Candidate;

    fn complete(
        &self,
        line: &str,
        cursor: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Candidate>)> {
        Ok(self.words.complete(line.get(..cursor).unwrap_or(line)))
    }
}

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, cursor: usize) -> Cow<'l, str> {
        if command::is_command(line) {
            return line.into();
        }
        let cursor = (!self.done.get()).then_some(cursor);
        highlight::highlight(line, cursor).into()
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        format!("\x1b[1m{prompt}\x1b[0m").into()
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.done.set(matches!(kind, CmdKind::ForcedRefresh));
        true
    }
}

impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let line = context.input();
        let more = !command::is_command(line) && incomplete::is_incomplete(&self.engine, line);
        Ok(if more { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}
