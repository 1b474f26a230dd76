//! The report itself and its layout.

use std::fmt;

use rhai::{ParseError, ParseErrorType, Position};

use super::names::lower;
use crate::error::{Failure, Kind};
use crate::host::script::Script;

/// The message of a syntax error.
pub fn syntax(problem: &ParseErrorType) -> String {
    format!("syntax error: {}", lower(&problem.to_string()))
}

/// A point in a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the script.
    pub script: String,
    /// The line and the column, from 1; none where the engine does not know.
    pub position: Option<(usize, usize)>,
}

impl Place {
    /// The point `position` of the script called `script`.
    pub fn new(script: &str, position: Position) -> Place {
        let column = position.position().unwrap_or(1);
        let position = position.line().map(|line| (line, column));
        Place { script: script.to_owned(), position }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "{}:{line}:{column}", self.script),
            None => f.write_str(&self.script),
        }
    }
}

/// An error that ended a run, ready to print on stderr.
#[derive(Debug, Clone)]
pub struct Report {
    /// Decides the exit code.
    pub kind: Kind,
    /// What was attempted, on what, and why it failed.
    pub message: String,
    /// Where in which script, and the line of source there.
    pub place: Option<Box<(Place, Option<String>)>>,
    /// The calls and imports that led there, innermost first.
    pub trace: Vec<String>,
    /// What to do; each entry is a line.
    pub help: Vec<String>,
}

impl Report {
    /// A report of `message` alone.
    pub fn new(kind: Kind, message: impl Into<String>) -> Report {
        let (trace, help) = (Vec::new(), Vec::new());
        Report { kind, message: message.into(), place: None, trace, help }
    }

    /// A syntax error of `script`.
    pub fn of_parse(script: &Script, error: &ParseError) -> Report {
        let place = Place::new(&script.name, error.position());
        Report::new(Kind::Invalid, syntax(error.err_type())).at(place, &script.text)
    }

    /// The same report, pointing at `place` in the source `text`.
    #[must_use]
    pub fn at(mut self, place: Place, text: &str) -> Report {
        let line = place.position.and_then(|(line, _)| text.lines().nth(line.checked_sub(1)?));
        let line = line.map(str::to_owned);
        self.place = Some(Box::new((place, line)));
        self
    }

    /// The same report with a line of help, if there is one.
    #[must_use]
    pub fn help(mut self, remedy: Option<String>) -> Report {
        self.help.extend(remedy);
        self
    }

    /// The exit code of a process that ends with it.
    pub fn exit_code(&self) -> u8 {
        self.kind.exit_code()
    }
}

impl From<Failure> for Report {
    fn from(failure: Failure) -> Report {
        Report::new(failure.kind, failure.message).help(failure.remedy)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        if let Some((place, source)) = self.place.as_deref() {
            writeln!(f, " --> {place}")?;
            if let (Some(source), Some((line, column))) = (source, place.position) {
                caret(f, source, line, column)?;
            }
        }
        for call in &self.trace {
            writeln!(f, "  = {call}")?;
        }
        for help in &self.help {
            writeln!(f, "help: {help}")?;
        }
        Ok(())
    }
}

fn caret(f: &mut fmt::Formatter<'_>, source: &str, line: usize, column: usize) -> fmt::Result {
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    // Tabs stay tabs, so that the caret stands under its character.
    let before = source.chars().take(column.saturating_sub(1));
    let indent: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    writeln!(f, "{gutter} |")?;
    writeln!(f, "{number} | {source}")?;
    writeln!(f, "{gutter} | {indent}^")
}
