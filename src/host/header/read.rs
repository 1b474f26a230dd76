//! Reading the header of a script.

use super::map::{self, Malformed};
use super::spec::ArgSpec;
use crate::error::Kind;
use crate::host::check;
use crate::host::report::{Place, Report};
use crate::host::script::Script;

/// What a script says about itself.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The first line of its `//!` text.
    pub title: String,
    /// The rest of its `//!` text.
    pub prose: String,
    /// What `//! needs: …` declares that it writes.
    pub needs: Vec<String>,
    /// Its arguments, in the order of the file.
    pub args: Vec<ArgSpec>,
}

impl Header {
    /// Reads the header of `script` without running it; a syntax error anywhere is reported.
    pub fn read(script: &Script) -> Result<Header, Report> {
        let ast = check::parse(script)?;
        let args = map::arguments(ast.statements()).map_err(|error| malformed(script, error))?;
        let doc: Vec<&str> = ast.doc().lines().map(strip).collect();
        Ok(Header { args, ..describe(&doc) })
    }
}

/// The title line of a script, read as text: for lists, where parsing would cost too much.
pub fn title(text: &str) -> &str {
    text.lines().find(|line| line.starts_with("//!")).map_or("", |line| strip(line).trim())
}

fn strip(line: &str) -> &str {
    let text = line.strip_prefix("//!").unwrap_or(line);
    text.strip_prefix(' ').unwrap_or(text)
}

fn describe(doc: &[&str]) -> Header {
    let need = |line: &&&str| line.starts_with("needs:");
    let needs = doc.iter().filter(need).filter_map(|line| line.strip_prefix("needs:"));
    let needs = needs.flat_map(|list| list.split(',')).map(|need| need.trim().to_owned());
    let mut lines = doc.iter().filter(|line| !need(line));
    let title = lines.next().map(|line| line.trim().to_owned()).unwrap_or_default();
    let prose = lines.copied().collect::<Vec<_>>().join("\n").trim().to_owned();
    Header { title, prose, needs: needs.collect(), args: Vec::new() }
}

fn malformed(script: &Script, error: Malformed) -> Report {
    let message = format!("cannot read the header: {}", error.message);
    let place = Place::new(&script.name, error.position);
    Report::new(Kind::Usage, message).at(place, &script.text).help(error.remedy)
}
