//! Topics and their items.

use std::path::Path;
use std::sync::Arc;

use super::{Enumeration, IdlType};

/// What a topic is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A command to a component.
    Command,
    /// Something that happened in it.
    Event,
    /// What it reports regularly.
    Telemetry,
}

impl Kind {
    /// The element that defines a topic of this kind.
    pub fn tag(self) -> &'static str {
        match self {
            Kind::Command => "SALCommand",
            Kind::Event => "SALEvent",
            Kind::Telemetry => "SALTelemetry",
        }
    }

    /// The word in the names of text topics: `<Subsystem>_<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Command => "command",
            Kind::Event => "logevent",
            Kind::Telemetry => "telemetry",
        }
    }

    /// The kind whose element is `tag`.
    pub fn from_tag(tag: &str) -> Option<Kind> {
        [Kind::Command, Kind::Event, Kind::Telemetry].into_iter().find(|kind| kind.tag() == tag)
    }
}

/// One topic as its element defines it.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The component it belongs to: the folder of the file.
    pub component: String,
    /// What it is for.
    pub kind: Kind,
    /// `EFDB_Topic`, for example `Dome_logevent_shutterOpened`.
    pub name: String,
    /// Its items in the order of the file.
    pub items: Vec<Item>,
    /// The file that defines it.
    pub file: Arc<Path>,
    /// The line of its element, from 1.
    pub line: usize,
    pub(super) tags: Vec<(&'static str, String)>,
}

impl Topic {
    /// The name without the component: `logevent_shutterOpened`.
    pub fn sal_name(&self) -> &str {
        let rest = self.name.strip_prefix(&*self.component);
        rest.and_then(|rest| rest.strip_prefix('_')).unwrap_or(&self.name)
    }

    /// The text of a child element such as `Explanation`, without blanks around; `None` where it
    /// is missing or empty.
    pub fn tag(&self, name: &str) -> Option<&str> {
        tag(&self.tags, name)
    }

    /// The same text exactly as the file has it.
    pub fn raw(&self, name: &str) -> Option<&str> {
        raw(&self.tags, name)
    }

    /// What the topic is about: `Explanation` of 2019 or `Description` of today.
    pub fn explanation(&self) -> Option<&str> {
        self.tag("Explanation").or_else(|| self.tag("Description"))
    }

    /// The same topic as part of `component`: what a generic topic becomes.
    #[must_use]
    pub fn of_component(&self, component: &str) -> Topic {
        let mut topic = self.clone();
        topic.name = format!("{component}_{}", self.sal_name());
        component.clone_into(&mut topic.component);
        for (_, text) in topic.tags.iter_mut().filter(|(tag, _)| *tag == "Subsystem") {
            component.clone_into(text);
        }
        topic
    }
}

/// One item of a topic.
#[derive(Debug, Clone)]
pub struct Item {
    /// `EFDB_Name`.
    pub name: String,
    /// `IDL_Type`.
    pub idl: IdlType,
    /// `Count`: how many values; 1 where it is missing.
    pub count: usize,
    /// The names its values stand for.
    pub enumeration: Option<Enumeration>,
    /// The line of its element, from 1.
    pub line: usize,
    pub(super) tags: Vec<(&'static str, String)>,
}

impl Item {
    /// The text of a child element such as `Units`, without blanks around; `None` where it is
    /// missing or empty.
    pub fn tag(&self, name: &str) -> Option<&str> {
        tag(&self.tags, name)
    }

    /// The same text exactly as the file has it.
    pub fn raw(&self, name: &str) -> Option<&str> {
        raw(&self.tags, name)
    }
}

fn tag<'a>(tags: &'a [(&'static str, String)], name: &str) -> Option<&'a str> {
    raw(tags, name).map(str::trim).filter(|text| !text.is_empty())
}

fn raw<'a>(tags: &'a [(&'static str, String)], name: &str) -> Option<&'a str> {
    tags.iter().find(|(tag, _)| *tag == name).map(|(_, text)| &**text)
}
