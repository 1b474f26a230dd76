//! Reads the topics of one file: `<Component>_{Commands,Events,Telemetry}.xml`, `SALGenerics.xml`.

use std::path::Path;
use std::sync::Arc;

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

/// The topics that the file `path` with content `text` defines for `component`.
pub fn topics(path: &Arc<Path>, text: &str, component: &str) -> Result<Vec<Topic>, SalError> {
    let mut file = File { xml: Xml::new(path, text), path, component, topics: Vec::new() };
    let root = file.xml.root()?;
    match &*root {
        "SALCommandSet" | "SALEventSet" | "SALTelemetrySet" => file.set()?,
        "SALObjects" => {
            while let Some(set) = file.xml.child()? {
                if set.ends_with("Set") { file.set()? } else { file.xml.skip()? }
            }
        }
        other => {
            let what = format!("<{other}> is no set of SAL commands, events or telemetry");
            return Err(file.xml.error(&what));
        }
    }
    Ok(file.topics)
}

struct File<'a> {
    xml: Xml<'a>,
    path: &'a Arc<Path>,
    component: &'a str,
    topics: Vec<Topic>,
}

impl File<'_> {
    fn set(&mut self) -> Result<(), SalError> {
        while let Some(tag) = self.xml.child()? {
            match Kind::from_tag(&tag) {
                Some(kind) => {
                    let topic = self.topic(kind)?;
                    self.topics.push(topic);
                }
                None => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn topic(&mut self, kind: Kind) -> Result<Topic, SalError> {
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
                topic.items.push(item);
            } else if let Some(&known) = TOPIC_TAGS.iter().find(|known| **known == tag) {
                topic.tags.push((known, self.xml.text(known)?));
            } else {
                self.xml.skip()?;
            }
        }
        topic.name = topic.tag("EFDB_Topic").unwrap_or_default().to_owned();
        if topic.name.is_empty() {
            let what = format!("<{}> has no <EFDB_Topic>", kind.tag());
            return Err(self.xml.error_at(line, &what));
        }
        if !topic.name.starts_with(&format!("{}_", self.component)) {
            let what = format!("topic `{}` is not named `{}_…`", topic.name, self.component);
            return Err(self.xml.error_at(line, &what));
        }
        Ok(topic)
    }

    fn item(&mut self, topic: &Topic) -> Result<Item, SalError> {
        let line = self.xml.line();
        let parts = self.parts()?;
        let topic = topic.tag("EFDB_Topic").unwrap_or("?");
        let Some((name, _)) = parts.find("EFDB_Name") else {
            let what = format!("an item of topic `{topic}` has no <EFDB_Name>");
            return Err(self.xml.error_at(line, &what));
        };
        let bad = |at: usize, what: String| {
            self.xml.error_at(at, &format!("{what} of item `{name}` in topic `{topic}`"))
        };
        let (idl, idl_line) = parts.find("IDL_Type").unwrap_or(("", line));
        let idl = IdlType::from_name(idl)
            .ok_or_else(|| bad(idl_line, format!("unknown IDL_Type `{idl}`")))?;
        let (count, at) = parts.find("Count").unwrap_or(("1", line));
        let number = count.parse().ok().filter(|count| (1..=1_000_000).contains(count));
        let count = number.ok_or_else(|| bad(at, format!("bad Count `{count}`")))?;
        let enumeration = match parts.find("Enumeration") {
            None => None,
            Some((text, at)) => Some(
                Enumeration::parse(text)
                    .map_err(|entry| bad(at, format!("bad Enumeration entry `{entry}`")))?,
            ),
        };
        let name = name.to_owned();
        Ok(Item { name, idl, count, enumeration, line, tags: parts.rest() })
    }

    fn parts(&mut self) -> Result<Parts, SalError> {
        let mut parts = Parts { tags: Vec::new(), lines: Vec::new() };
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
}
