//! All interfaces of an observatory, or those of the components that were asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::parse;
use super::subsystems;
use super::{Files, SourceFile, Subsystem, Topic};
use crate::formats::sal::SalError;
use crate::nearest::nearest;

/// The components, their topics, and the generic topics that every component may have.
#[derive(Debug, Clone, Default)]
pub struct Interfaces {
    /// The folder they were read from.
    pub root: PathBuf,
    /// By name.
    pub components: BTreeMap<String, Component>,
    /// The topics of `SALGenerics.xml`, named `SALGeneric_…`.
    pub generics: Vec<Topic>,
}

/// One component.
#[derive(Debug, Clone, Default)]
pub struct Component {
    /// What `SALSubsystems.xml` says about it; empty where it does not list it.
    pub subsystem: Subsystem,
    /// Its own topics: commands, events, telemetry, each in the order of the file.
    pub topics: Vec<Topic>,
    /// Hand-written Avro schemas (`.avsc`) of further topics.
    pub schemas: Vec<SourceFile>,
}

impl Interfaces {
    /// Reads the XML files below `folder`, which is `sal_interfaces` or holds it somewhere: of the
    /// components `only`, or of all where that is empty. Errors name file and line.
    pub fn read(folder: &Path, only: &[String]) -> Result<Interfaces, SalError> {
        let interfaces = Interfaces::parse(Files::read(folder, only)?, only)?;
        match only.iter().find(|name| !interfaces.components.contains_key(*name)) {
            None => Ok(interfaces),
            Some(name) => Err(interfaces.no_component(name, &all_names(folder))),
        }
    }

    /// Parses `files`; components that only `SALSubsystems.xml` knows are kept if `only` is empty
    /// or names them.
    pub fn parse(files: Files, only: &[String]) -> Result<Interfaces, SalError> {
        let mut interfaces = Interfaces { root: files.root, ..Interfaces::default() };
        if let Some(file) = &files.subsystems {
            for subsystem in subsystems::subsystems(&file.path, &file.text)? {
                if only.is_empty() || only.contains(&subsystem.name) {
                    let name = subsystem.name.clone();
                    interfaces.component(&name).subsystem = subsystem;
                }
            }
        }
        for file in &files.topics {
            let path: Arc<Path> = file.path.clone().into();
            let topics = parse::topics(&path, &file.text, &file.component)?;
            interfaces.component(&file.component).topics.extend(topics);
        }
        if let Some(file) = &files.generics {
            let path: Arc<Path> = file.path.clone().into();
            interfaces.generics = parse::topics(&path, &file.text, "SALGeneric")?;
        }
        for file in files.schemas {
            interfaces.component(&file.component.clone()).schemas.push(file);
        }
        Ok(interfaces)
    }

    /// The topics of `component`, with its generic ones after them if `generics`.
    pub fn topics(&self, component: &Component, generics: bool) -> Vec<Topic> {
        let name = &component.subsystem.name;
        let mut topics = component.topics.clone();
        if generics {
            for generic in &self.generics {
                let own = |topic: &Topic| topic.sal_name() == generic.sal_name();
                let included = component.subsystem.generics.include(generic);
                if included && !component.topics.iter().any(own) {
                    topics.push(generic.of_component(name));
                }
            }
        }
        topics
    }

    /// The same interfaces of the components `only`, or all of them where that is empty.
    #[must_use]
    pub fn only(&self, only: &[String]) -> Interfaces {
        let wanted = |name: &String| only.is_empty() || only.contains(name);
        let chosen = self.components.iter().filter(|(name, _)| wanted(name));
        Interfaces {
            root: self.root.clone(),
            components: chosen.map(|(name, component)| (name.clone(), component.clone())).collect(),
            generics: self.generics.clone(),
        }
    }

    /// The error that says that there is no component `name` among `names`.
    pub fn no_component(&self, name: &str, names: &[String]) -> SalError {
        let nearest = near(name, names);
        SalError::NoComponent { name: name.to_owned(), root: self.root.clone(), nearest }
    }

    /// The error that says that there is no topic `name` among `names`.
    pub fn no_topic(&self, name: &str, names: &[String]) -> SalError {
        let nearest = near(name, names);
        SalError::NoTopic { name: name.to_owned(), root: self.root.clone(), nearest }
    }

    fn component(&mut self, name: &str) -> &mut Component {
        let component = self.components.entry(name.to_owned()).or_default();
        name.clone_into(&mut component.subsystem.name);
        component
    }
}

fn near(name: &str, names: &[String]) -> Option<String> {
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

fn all_names(folder: &Path) -> Vec<String> {
    let files = Files::read(folder, &[]).unwrap_or_default();
    let mut names: Vec<_> = files.topics.into_iter().map(|file| file.component).collect();
    names.dedup();
    names
}
