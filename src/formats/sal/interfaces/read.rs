//! Reads the files of interfaces one by one: a file that is wrong does not stop the others.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::files::Files;
use super::source::Tree;
use super::{HandWritten, Interfaces, Topic, parse, subsystems};
use crate::formats::sal::SalError;

/// Interfaces on their way in.
pub struct Reading<'a> {
    tree: &'a mut dyn Tree,
    files: Files,
    only: &'a [String],
    interfaces: Interfaces,
    /// Where each topic is defined: the file and the line.
    defined: BTreeMap<String, (Arc<Path>, usize)>,
}

impl<'a> Reading<'a> {
    /// Looks for the interfaces of the components `only`, or of all, in `tree`.
    pub fn new(tree: &'a mut dyn Tree, only: &'a [String]) -> Result<Reading<'a>, SalError> {
        let mut files = Files::find(tree)?;
        let mut interfaces =
            Interfaces { root: files.place(tree), notes: tree.notes(), ..Interfaces::default() };
        let all = files.components();
        let wanted = |name: &String| only.is_empty() || only.contains(name);
        files.topics.retain(|(component, _)| wanted(component));
        files.schemas.retain(|(component, _)| wanted(component));
        for (component, _) in files.topics.iter().chain(&files.schemas) {
            interfaces.component(component);
        }
        let mut reading = Reading { tree, files, only, interfaces, defined: BTreeMap::new() };
        reading.subsystems()?;
        let known = &reading.interfaces.components;
        match only.iter().find(|name| !known.contains_key(*name)) {
            None => Ok(reading),
            Some(name) => Err(reading.interfaces.no_component(name, &all)),
        }
    }

    /// Reads what [`Reading::new`] found.
    pub fn interfaces(mut self) -> Result<Interfaces, SalError> {
        for (component, path) in std::mem::take(&mut self.files.topics) {
            let topics = self.topics(&path, &component);
            if let Some(topics) = self.unless_wrong(topics)? {
                self.interfaces.component(&component).topics.extend(topics);
            }
        }
        if let Some(path) = self.files.generics.take() {
            let topics = self.topics(&path, "SALGeneric");
            self.interfaces.generics = self.unless_wrong(topics)?.unwrap_or_default();
        }
        for (component, path) in std::mem::take(&mut self.files.schemas) {
            let text = self.text(&path).map_err(|error| vec![error]);
            let schema = text.and_then(|(path, text)| HandWritten::parse(&path, &text));
            if let Some(schema) = self.unless_wrong(schema)? {
                self.interfaces.component(&component).schemas.push(schema);
            }
        }
        let faults = self.tree.faults();
        let own = |fault: &SalError| fault.file().is_some_and(|f| self.files.has(self.tree, f));
        let own = faults.into_iter().filter(own).map(Arc::new).collect::<Vec<_>>();
        self.interfaces.faults.extend(own);
        Ok(self.interfaces)
    }

    /// Reads `SALSubsystems.xml`. It says which components have an index and which generic topics:
    /// without it all schemas would be wrong, so that its error is one of all.
    fn subsystems(&mut self) -> Result<(), SalError> {
        let Some(path) = self.files.subsystems.take() else { return Ok(()) };
        let (path, text) = self.text(&path)?;
        for subsystem in subsystems::subsystems(&path, &text)? {
            if self.only.is_empty() || self.only.contains(&subsystem.name) {
                let name = subsystem.name.clone();
                self.interfaces.component(&name).subsystem = subsystem;
            }
        }
        Ok(())
    }

    /// The topics of one file, none of which may be defined before; or all that is wrong with it.
    fn topics(&mut self, path: &str, component: &str) -> Result<Vec<Topic>, Vec<SalError>> {
        let (path, text) = self.text(path).map_err(|error| vec![error])?;
        let (topics, mut faults) = parse::topics(&path, &text, component);
        let mut own = BTreeMap::<String, (Arc<Path>, usize)>::new();
        for topic in &topics {
            if let Some((file, line)) = own.get(&topic.name).or(self.defined.get(&topic.name)) {
                let first = format!("{}:{line}", file.display());
                let what = format!("topic `{}` is defined before, at {first}", topic.name);
                faults.push(SalError::Xml { path: path.to_path_buf(), line: topic.line, what });
            } else {
                own.insert(topic.name.clone(), (path.clone(), topic.line));
            }
        }
        if faults.is_empty() {
            self.defined.extend(own);
            return Ok(topics);
        }
        faults.sort_by_key(SalError::line);
        Err(faults)
    }

    /// The content of the file `path` of the tree, and where it lies for errors.
    fn text(&mut self, path: &str) -> Result<(Arc<Path>, String), SalError> {
        let bytes = self.tree.read(path)?;
        let path: Arc<Path> = self.tree.place().join(path).into();
        match String::from_utf8(bytes) {
            Ok(text) => Ok((path, text)),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let before = error.as_bytes().iter().take(valid);
                let line = before.filter(|byte| **byte == b'\n').count() + 1;
                let what = "it is not UTF-8 text".to_owned();
                Err(SalError::Xml { path: path.to_path_buf(), line, what })
            }
        }
    }

    /// What was read; nothing for a file that is wrong, whose mistakes are kept in mind.
    fn unless_wrong<T>(&mut self, read: Result<T, Vec<SalError>>) -> Result<Option<T>, SalError> {
        let mistakes = match read {
            Ok(value) => return Ok(Some(value)),
            Err(mistakes) => mistakes,
        };
        for mistake in mistakes {
            if mistake.file().is_none() {
                return Err(mistake);
            }
            self.interfaces.faults.push(Arc::new(mistake));
        }
        Ok(None)
    }
}
