//! Reads the topics of one file: `<Component>_{Commands,Events,Telemetry}.xml`, `SALGenerics.xml`.

use std::path::Path;
use std::sync::Arc;

use super::mistakes::Mistakes;
use super::xml::Xml;
use super::{Enumeration, IdlType, Item, Kind, Topic};
use crate::formats::sal::SalError;

const TOPIC_TAGS: [&str; 13] = [
    "Subsystem",
    "Version",
    "Author",
    "Alias",
    "Device",
    "Property",
    "Action",
    "Value",
    "Explanation",
    "Description",
    "EFDB_Topic",
    "Category",
    "Enumeration",
];

const ITEM_TAGS: [&str; 20] = [
    "EFDB_Name",
    "Description",
    "IDL_Type",
    "IDL_Size",
    "Units",
    "Count",
    "Enumeration",
    "Frequency",
    "Publishers",
    "Values_per_Publisher",
    "Size_in_bytes",
    "Instances_per_night",
    "Bytes_per_night",
    "Conversion",
    "Sensor_location",
    "Needed_by_Camera",
    "Needed_by_DM",
    "Needed_by_EPO",
    "Needed_by_OCS",
    "Needed_by_TCS",
];

/// A line and what is wrong there.
type Mistake = (usize, String);

/// The topics that the file `path` with content `text` defines for `component`, and all that is
/// wrong in it, up to where it is no XML any more.
pub fn topics(path: &Arc<Path>, text: &str, component: &str) -> (Vec<Topic>, Vec<SalError>) {
    let xml = Xml::new(path, text);
    let mistakes = Mistakes::default();
    let mut file = File { xml, path, component, topics: Vec::new(), mistakes };
    if let Err(error) = file.read() {
        file.mistakes.0.push(error);
    }
    (file.topics, file.mistakes.0)
}

struct File<'a> {
    xml: Xml<'a>,
    path: &'a Arc<Path>,
    component: &'a str,
    topics: Vec<Topic>,
    mistakes: Mistakes,
}

impl File<'_> {
    /// Reads all sets. Errors are of the XML, and end the reading.
    fn read(&mut self) -> Result<(), SalError> {
        let root = self.xml.root()?;
        match root {
            "SALCommandSet" | "SALEventSet" | "SALTelemetrySet" => self.set(),
            "SALObjects" => {
                while let Some(set) = self.xml.child()? {
                    if set.ends_with("Set") { self.set()? } else { self.xml.skip()? }
                }
                Ok(())
            }
            other => {
                let what = format!("<{other}> is no set of SAL commands, events or telemetry");
                Err(self.xml.error(&what))
            }
        }
    }

    fn set(&mut self) -> Result<(), SalError> {
        while let Some(tag) = self.xml.child()? {
            match Kind::from_tag(tag) {
                Some(kind) => {
                    let topic = self.topic(kind)?;
                    self.topics.extend(topic);
                }
                None => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn fault(&mut self, line: usize, what: &str) -> Result<(), SalError> {
        self.mistakes.note(&mut self.xml, line, what)
    }

    /// The next topic; none for one without a name that can be used.
    fn topic(&mut self, kind: Kind) -> Result<Option<Topic>, SalError> {
        let line = self.xml.line();
        let mut topic = Topic {
            component: self.component.to_owned(),
            kind,
            name: String::new(),
            items: Vec::new(),
            file: self.path.clone(),
            line,
            tags: Vec::new(),
        };
        while let Some(tag) = self.xml.child()? {
            if tag == "item" {
                let item = self.item(&topic)?;
                topic.items.extend(item);
            } else if let Some(&known) = TOPIC_TAGS.iter().find(|known| **known == tag) {
                topic.tags.push((known, self.xml.text(known)?));
            } else {
                self.xml.skip()?;
            }
        }
        let name = topic.tag("EFDB_Topic").unwrap_or_default().to_owned();
        topic.name = name;
        let what = if topic.name.is_empty() {
            format!("<{}> has no <EFDB_Topic>", kind.tag())
        } else if topic.name.starts_with(&format!("{}_", self.component)) {
            return Ok(Some(topic));
        } else {
            format!("topic `{}` is not named `{}_…`", topic.name, self.component)
        };
        self.fault(line, &what)?;
        Ok(None)
    }

    /// The next item; none for one with mistakes, which are noted.
    fn item(&mut self, topic: &Topic) -> Result<Option<Item>, SalError> {
        let line = self.xml.line();
        let parts = self.parts()?;
        let topic = topic.tag("EFDB_Topic").unwrap_or("?");
        let Some((name, _)) = parts.find("EFDB_Name") else {
            let what = format!("an item of topic `{topic}` has no <EFDB_Name>");
            self.fault(line, &what)?;
            return Ok(None);
        };
        let name = name.to_owned();
        match (parts.idl(line), parts.count(line), parts.enumeration()) {
            (Ok(idl), Ok(count), Ok(enumeration)) => {
                Ok(Some(Item { name, idl, count, enumeration, line, tags: parts.rest() }))
            }
            (idl, count, enumeration) => {
                let mistakes = [idl.err(), count.err(), enumeration.err()];
                for (at, what) in mistakes.into_iter().flatten() {
                    self.fault(at, &format!("{what} of item `{name}` in topic `{topic}`"))?;
                }
                Ok(None)
            }
        }
    }

    fn parts(&mut self) -> Result<Parts, SalError> {
        let mut parts = Parts { tags: Vec::with_capacity(6), lines: Vec::with_capacity(6) };
        while let Some(tag) = self.xml.child()? {
            if let Some(&known) = ITEM_TAGS.iter().find(|known| **known == tag) {
                parts.lines.push(self.xml.line());
                parts.tags.push((known, self.xml.text(known)?));
            } else {
                self.xml.skip()?;
            }
        }
        Ok(parts)
    }
}

/// The elements of an item, with the line of each.
struct Parts {
    tags: Vec<(&'static str, String)>,
    lines: Vec<usize>,
}

impl Parts {
    /// The elements that an item does not hold otherwise: an observatory has so many items that
    /// they would fill the memory.
    fn rest(mut self) -> Vec<(&'static str, String)> {
        let held = ["EFDB_Name", "IDL_Type", "IDL_Size", "Count", "Enumeration"];
        self.tags.retain(|(tag, _)| !held.contains(tag));
        self.tags.shrink_to_fit();
        self.tags
    }

    /// The text of the element `name`, unless it is missing or empty, and its line.
    fn find(&self, name: &str) -> Option<(&str, usize)> {
        let full = |(tag, text): &(&str, String)| *tag == name && !text.trim().is_empty();
        let at = self.tags.iter().position(full)?;
        Some((self.tags.get(at)?.1.trim(), *self.lines.get(at)?))
    }

    fn idl(&self, line: usize) -> Result<IdlType, Mistake> {
        let no_type = || (line, "no <IDL_Type>".to_owned());
        let (name, at) = self.find("IDL_Type").ok_or_else(no_type)?;
        IdlType::from_name(name).ok_or_else(|| (at, format!("unknown IDL_Type `{name}`")))
    }

    fn count(&self, line: usize) -> Result<usize, Mistake> {
        let (text, at) = self.find("Count").unwrap_or(("1", line));
        let number = text.parse().ok().filter(|count| (1..=1_000_000).contains(count));
        number.ok_or_else(|| (at, format!("bad Count `{text}`")))
    }

    fn enumeration(&self) -> Result<Option<Enumeration>, Mistake> {
        let Some((text, at)) = self.find("Enumeration") else { return Ok(None) };
        let bad = |entry| (at, format!("bad Enumeration entry `{entry}`"));
        Enumeration::parse(text).map(Some).map_err(bad)
    }
}
