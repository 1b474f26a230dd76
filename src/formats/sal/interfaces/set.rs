//! All interfaces of an observatory, or those of the components that were asked for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read::Reading;
use super::source::{Tree, open};
use super::{HandWritten, Subsystem, Topic};
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
    /// What is wrong with the files that could not be read; their topics are missing.
    pub faults: Vec<Arc<SalError>>,
    /// What a user may wonder about.
    pub notes: Vec<String>,
}

/// One component.
#[derive(Debug, Clone, Default)]
pub struct Component {
    /// What `SALSubsystems.xml` says about it; empty where it does not list it.
    pub subsystem: Subsystem,
    /// Its own topics: commands, events, telemetry, each in the order of the file.
    pub topics: Vec<Topic>,
    /// Hand-written Avro schemas (`.avsc`) of further topics.
    pub schemas: Vec<HandWritten>,
}

impl Interfaces {
    /// Reads the XML files at `path`: the folder `sal_interfaces`, a folder or an archive
    /// (`.tar.gz`, `.zip`) that holds it somewhere; of the components `only`, or of all where that
    /// is empty.
    ///
    /// A file that is wrong is left out and told in [`Interfaces::faults`], with its line. An error
    /// is only what all depend on: `SALSubsystems.xml`, the archive, a component that is not there.
    pub fn read(path: &Path, only: &[String]) -> Result<Interfaces, SalError> {
        Interfaces::of(&mut *open(path)?, only)
    }

    /// Reads the files of `tree` as [`Interfaces::read`] does. Components that only
    /// `SALSubsystems.xml` knows are kept if `only` is empty or names them.
    pub fn of(tree: &mut dyn Tree, only: &[String]) -> Result<Interfaces, SalError> {
        Reading::new(tree, only)?.interfaces()
    }

    /// The topics of `component`, with its generic ones after them if `generics`.
    pub fn topics<'a>(&self, component: &'a Component, generics: bool) -> Vec<Cow<'a, Topic>> {
        let name = &component.subsystem.name;
        let mut topics: Vec<_> = component.topics.iter().map(Cow::Borrowed).collect();
        if generics {
            for generic in &self.generics {
                let own = |topic: &Topic| topic.sal_name() == generic.sal_name();
                let included = component.subsystem.generics.include(generic);
                if included && !component.topics.iter().any(own) {
                    topics.push(Cow::Owned(generic.of_component(name)));
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
            faults: self.faults.clone(),
            notes: self.notes.clone(),
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

    /// The component `name`, which is made where it is new.
    pub(super) fn component(&mut self, name: &str) -> &mut Component {
        let component = self.components.entry(name.to_owned()).or_default();
        name.clone_into(&mut component.subsystem.name);
        component
    }
}

fn near(name: &str, names: &[String]) -> Option<String> {
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}
