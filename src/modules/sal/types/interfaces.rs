//! Interfaces as scripts hold them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rhai::{Array, Dynamic, ImmutableString, Map};
use serde::Deserialize;

use super::demo;
use super::one_or_many::OneOrMany;
use super::subsystem::Subsystem;
use super::topic::{Topic, one_line};
use crate::formats::sal::SalError;
use crate::formats::sal::interfaces::{self, Component, Enumeration, Tree};
use crate::formats::sal::layout::{self, Layout};
use crate::modules::error::RhaiResultOf;

/// A cheap handle to interfaces.
#[derive(Clone)]
pub struct Interfaces(Arc<interfaces::Interfaces>);

/// The options of `sal::interfaces`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadOptions {
    pub subsystem: OneOrMany,
}

/// The options of `topics`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TopicsOptions {
    pub subsystem: OneOrMany,
    /// The layout of the time that the interfaces are from, where it is left open.
    pub layout: Option<String>,
    pub generics: bool,
    pub prefix: String,
}

impl Default for TopicsOptions {
    fn default() -> TopicsOptions {
        TopicsOptions {
            subsystem: OneOrMany::default(),
            layout: None,
            generics: false,
            prefix: layout::PREFIX.into(),
        }
    }
}

impl Interfaces {
    /// Reads the interfaces at `path`, of the components `only` or of all.
    pub fn read(path: &Path, only: &[String]) -> Result<Interfaces, SalError> {
        Ok(Interfaces(Arc::new(interfaces::Interfaces::read(path, only)?)))
    }

    /// Reads the interfaces in `tree`, of the components `only` or of all.
    pub fn of(tree: &mut dyn Tree, only: &[String]) -> Result<Interfaces, SalError> {
        Ok(Interfaces(Arc::new(interfaces::Interfaces::of(tree, only)?)))
    }

    /// The interfaces that are part of the binary.
    pub fn demo() -> Result<Interfaces, SalError> {
        Ok(Interfaces(Arc::new(interfaces::Interfaces::of(&mut demo::Demo, &[])?)))
    }

    pub fn folder(&self) -> ImmutableString {
        self.0.root.to_string_lossy().as_ref().into()
    }

    pub fn layout(&self) -> ImmutableString {
        Layout::of(&self.0).name().into()
    }

    pub fn faults(&self) -> Array {
        self.0.faults.iter().map(|fault| fault_map(fault).into()).collect()
    }

    pub fn notes(&self) -> Array {
        self.0.notes.iter().cloned().map(Dynamic::from).collect()
    }

    pub fn components(&self) -> Array {
        self.0.components.values().map(|component| self.row(component).into()).collect()
    }

    /// The component `name`.
    pub fn subsystem(&self, name: &str) -> RhaiResultOf<Subsystem> {
        let Some(component) = self.0.components.get(name) else {
            let names: Vec<String> = self.0.components.keys().cloned().collect();
            return Err(self.0.no_component(name, &names).into());
        };
        Ok(Subsystem::new(component, self.clone()))
    }

    /// All components.
    pub fn subsystems(&self) -> Array {
        let all = self.0.components.values();
        all.map(|component| Dynamic::from(Subsystem::new(component, self.clone()))).collect()
    }

    /// The enumerations of the items of `topic`, one of `component`, by item.
    pub fn enumerations(&self, component: &str, topic: &str) -> BTreeMap<&str, &Enumeration> {
        let own = self.0.components.get(component).into_iter().flat_map(|all| &all.topics);
        let generic = |one: &&interfaces::Topic| {
            topic.strip_prefix(component).and_then(|rest| rest.strip_prefix('_'))
                == Some(one.sal_name())
        };
        let found =
            own.filter(|one| one.name == topic).chain(self.0.generics.iter().filter(generic));
        let items = found.take(1).flat_map(|one| &one.items);
        items.filter_map(|item| Some((&*item.name, item.enumeration.as_ref()?))).collect()
    }

    fn row(&self, component: &Component) -> Map {
        let subsystem = &component.subsystem;
        let own = component.topics.len();
        let generics = self.0.topics(component, true).len() - own;
        Map::from([
            ("name".into(), subsystem.name.clone().into()),
            ("topics".into(), (own as i64).into()),
            ("indexed".into(), subsystem.indexed.into()),
            ("generics".into(), (generics as i64).into()),
            ("description".into(), one_line(&subsystem.description).into()),
        ])
    }
}

fn fault_map(fault: &SalError) -> Map {
    let file = fault.file().map(|file| file.display().to_string());
    let line = fault.line().map_or(Dynamic::UNIT, |line| Dynamic::from(line as i64));
    Map::from([
        ("file".into(), file.map_or(Dynamic::UNIT, Dynamic::from)),
        ("line".into(), line),
        ("message".into(), fault.to_string().into()),
    ])
}

/// The topics of `interfaces` that `given` chooses.
pub fn topics(interfaces: &Interfaces, given: &TopicsOptions) -> RhaiResultOf<Array> {
    Ok(laid_out(interfaces, given)?.into_iter().map(Dynamic::from).collect())
}

/// The topic `name`; only its component is laid out.
pub fn topic(interfaces: &Interfaces, name: &str, given: TopicsOptions) -> RhaiResultOf<Topic> {
    let component = name.split('_').next().unwrap_or_default();
    let known = interfaces.0.components.contains_key(component);
    let subsystem = OneOrMany(if known { vec![component.to_owned()] } else { Vec::new() });
    let topics = laid_out(interfaces, &TopicsOptions { subsystem, ..given })?;
    let names: Vec<_> = topics.iter().map(|topic| topic.made.topic.clone()).collect();
    let found = topics.into_iter().find(|topic| topic.made.topic == name);
    Ok(found.ok_or_else(|| interfaces.0.no_topic(name, &names))?)
}

fn laid_out(interfaces: &Interfaces, given: &TopicsOptions) -> Result<Vec<Topic>, SalError> {
    let wanted = &given.subsystem.0;
    let all = &interfaces.0.components;
    if let Some(name) = wanted.iter().find(|name| !all.contains_key(*name)) {
        let names: Vec<String> = all.keys().cloned().collect();
        return Err(interfaces.0.no_component(name, &names));
    }
    let options = layout::Options {
        layout: match &given.layout {
            Some(name) => Layout::from_name(name)?,
            None => Layout::of(&interfaces.0),
        },
        generics: given.generics,
        prefix: given.prefix.clone(),
    };
    let chosen = all.iter().filter(|(name, _)| wanted.is_empty() || wanted.contains(name));
    let made =
        chosen.flat_map(|(_, component)| layout::of_component(&interfaces.0, component, &options));
    Ok(made.map(|made| Topic::new(made, interfaces.clone())).collect())
}

impl IntoIterator for Interfaces {
    type Item = Dynamic;
    type IntoIter = std::vec::IntoIter<Dynamic>;

    /// What a `for` loop over the handle goes through: the components.
    fn into_iter(self) -> Self::IntoIter {
        self.subsystems().into_iter()
    }
}

impl fmt::Display for Interfaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topics: usize = self.0.components.values().map(|c| c.topics.len()).sum();
        write!(f, "Interfaces({} components, {topics} topics)", self.0.components.len())
    }
}
