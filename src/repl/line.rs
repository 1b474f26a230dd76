//! One line of a session: what it asks for, done and shown.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rhai::{Dynamic, EvalAltResult};

use super::command::{Command, parse};
use super::complete::Words;
use super::last::LAST;
use super::save::Journal;
use super::session::Session;
use super::{NAME, help};
use crate::context::{Context, stdout};
use crate::error::{Failure, Kind};
use crate::host::{self, Catalog, Report};
use crate::modules::out;
use crate::nearest::nearest;

/// What a line led to.
pub enum Done {
    /// The session goes on.
    Next,
    /// The session ends.
    Quit,
}

/// A session with what it knows and has done.
pub struct Lines {
    context: Context,
    session: Session,
    catalog: Option<Arc<Catalog>>,
    journal: Journal,
}

impl Lines {
    /// A fresh session.
    pub fn new(context: &Context) -> Result<Lines, Report> {
        let session = Session::new(context).map_err(|error| {
            Report::from(Failure::new(Kind::Failed, format!("cannot start the session: {error}")))
        })?;
        Ok(Lines { context: context.clone(), session, catalog: None, journal: Journal::default() })
    }

    /// What Tab offers now.
    pub fn words(&mut self) -> Words {
        let engine = &self.session.engine;
        let kind = |value: &Dynamic| engine.map_type_name(value.type_name()).to_owned();
        let variables = self.session.variables();
        let variables = variables.map(|(name, value)| (name.to_owned(), kind(value))).collect();
        let functions = self.session.functions();
        let functions = functions
            .map(|f| (f.name.to_owned(), format!("{}({})", f.name, f.params.join(", "))))
            .collect();
        Words { catalog: self.catalog(), variables, functions }
    }

    /// Does what `line` asks for and prints what comes of it.
    pub fn run(&mut self, line: &str) -> Result<Done, Report> {
        match parse(line) {
            None => self.evaluate(line)?,
            Some(Command::Quit) => return Ok(Done::Quit),
            Some(Command::Help(None)) => {
                let catalog = self.catalog();
                self.print(help::overview(&catalog).trim_end());
            }
            Some(Command::Help(Some(name)) | Command::Inspect(name)) => self.help(name)?,
            Some(Command::Save(file)) => {
                if Path::new(file).exists() {
                    let why = format!("cannot save the session to `{file}`: it exists already");
                    return Err(Failure::new(Kind::AlreadyExists, why)
                        .with_remedy(format!("`:save! {file}` writes over it"))
                        .into());
                }
                self.save(Path::new(file))?;
            }
            Some(Command::Overwrite(file)) => self.save(Path::new(file))?,
            Some(Command::Load(file)) => self.load(Path::new(file))?,
            Some(Command::Time(expression)) => {
                let start = Instant::now();
                self.evaluate(expression)?;
                self.print(&format!("{:.3?}", start.elapsed()));
            }
            Some(Command::Wrong(why)) => return Err(Failure::new(Kind::Usage, why).into()),
        }
        Ok(Done::Next)
    }

    fn evaluate(&mut self, line: &str) -> Result<(), Report> {
        if line.trim().is_empty() {
            return Ok(());
        }
        let value = self.session.run(line).map_err(|error| self.report(&error))?;
        self.journal.note(line, !value.is_unit());
        if !value.is_unit() {
            self.print(&self.shown(value));
        }
        Ok(())
    }

    fn report(&self, error: &EvalAltResult) -> Report {
        host::of_error(&self.session.engine, &self.context, NAME, error)
    }

    /// A short string stands in quotes, so that `"42"` and `42` differ.
    fn shown(&self, value: Dynamic) -> String {
        let quote = |text: &str| !text.contains(['\n', '"', '\\']) && text.len() < 60;
        match value.clone().into_immutable_string() {
            Ok(text) if quote(&text) => format!("\"{text}\""),
            _ => {
                let form = self.context.settings().output;
                out::show(&self.session.engine, value, form, out::terminal_width())
            }
        }
    }

    fn help(&mut self, name: &str) -> Result<(), Report> {
        let catalog = self.catalog();
        let page = match help::page(&self.session, &catalog, name) {
            Some(page) => page,
            None if name.contains(['.', '[']) => {
                let value = self.session.run(name).map_err(|error| self.report(&error))?;
                help::value(&self.session, &catalog, name, &value)
            }
            None => return Err(unknown(&self.session, &catalog, name)),
        };
        self.print(page.trim_end());
        Ok(())
    }

    fn save(&self, file: &Path) -> Result<(), Report> {
        let failed = |why: String| {
            let what = format!("cannot save the session to `{}`: {why}", file.display());
            Failure::new(Kind::Failed, what)
        };
        let title =
            format!("Saved from a session of {}.", jiff::Timestamp::now().strftime("%Y-%m-%d"));
        let script = self.journal.script(&title);
        self.session
            .engine
            .compile(script.split_once('\n').map_or("", |(_, rest)| rest))
            .map_err(|error| failed(format!("the script would not compile: {error}")))?;
        fs::write(file, script).map_err(|error| failed(error.to_string()))?;
        self.print(&format!("saved: try `kafkaefd run {}`", file.display()));
        Ok(())
    }

    fn load(&mut self, file: &Path) -> Result<(), Report> {
        let text = fs::read_to_string(file).map_err(|error| {
            let kind = if file.exists() { Kind::Failed } else { Kind::NotFound };
            Failure::new(kind, format!("cannot load `{}`: {error}", file.display()))
        })?;
        self.evaluate(host::without_shebang(&text)).map_err(|mut report| {
            report.trace.push(format!("loaded from {}", file.display()));
            report
        })
    }

    fn catalog(&mut self) -> Arc<Catalog> {
        self.catalog.get_or_insert_with(|| Arc::new(Catalog::of(&self.session.engine))).clone()
    }

    fn print(&self, text: &str) {
        stdout::print(&self.context, text);
    }
}

fn unknown(session: &Session, catalog: &Catalog, name: &str) -> Report {
    let mut known: Vec<String> = catalog.all().map(host::catalog::Function::path).collect();
    known.extend(catalog.modules().map(|module| module.name.clone()));
    known.extend(session.variables().map(|(name, _)| name.to_owned()));
    known.push(LAST.to_owned());
    let near = nearest(name, known.iter().map(String::as_str));
    let remedy = near
        .map_or("`help` shows what there is".to_owned(), |near| format!("did you mean `{near}`?"));
    Failure::new(
        Kind::NotFound,
        format!("no help for `{name}`: it is no module, function or variable"),
    )
    .with_remedy(remedy)
    .into()
}
