//! Reads `SALSubsystems.xml`: the components, their indices and their generic topics.

use std::path::Path;

use super::xml::Xml;
use super::{Enumeration, Topic};
use crate::formats::sal::SalError;

const TAGS: [&str; 6] =
    ["Name", "Description", "Enumeration", "IndexEnumeration", "Generics", "AddedGenerics"];

/// One component as `SALSubsystems.xml` lists it.
#[derive(Debug, Clone, Default)]
pub struct Subsystem {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Whether several run at once, told apart by an index.
    pub indexed: bool,
    /// The names of its indices, where they have any.
    pub indices: Enumeration,
    /// Which generic topics it has.
    pub generics: Generics,
}

/// Which generic topics a component has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Generics {
    /// None: `<Generics>no` of 2019.
    None,
    /// All: `<Generics>yes` of 2019.
    All,
    /// The mandatory ones and those of these categories or names: `<AddedGenerics>` of today.
    Added(Vec<String>),
}

impl Default for Generics {
    /// What a component has that `SALSubsystems.xml` does not list: the mandatory ones.
    fn default() -> Generics {
        Generics::Added(Vec::new())
    }
}

impl Generics {
    /// Whether the component has the generic topic `topic`.
    pub fn include(&self, topic: &Topic) -> bool {
        match self {
            Generics::None => false,
            Generics::All => true,
            Generics::Added(added) => {
                let category = topic.tag("Category");
                category == Some("mandatory")
                    || added.iter().any(|a| a == topic.sal_name() || category == Some(a))
            }
        }
    }
}

/// The components that the file `path` with content `text` lists.
pub fn subsystems(path: &Path, text: &str) -> Result<Vec<Subsystem>, SalError> {
    let mut xml = Xml::new(path, text);
    let root = xml.root()?;
    if !matches!(root, "SALSubsystems" | "SALSubsystemSet") {
        let what = format!("<{root}> is no set of SAL subsystems");
        return Err(xml.error(&what));
    }
    let mut list = Vec::new();
    while let Some(tag) = xml.child()? {
        if matches!(tag, "Subsystem" | "SALSubsystem") {
            list.push(subsystem(&mut xml)?);
        } else {
            xml.skip()?;
        }
    }
    Ok(list)
}

fn subsystem(xml: &mut Xml<'_>) -> Result<Subsystem, SalError> {
    let line = xml.line();
    let mut found = Subsystem::default();
    while let Some(tag) = xml.child()? {
        let Some(&tag) = TAGS.iter().find(|known| **known == tag) else {
            xml.skip()?;
            continue;
        };
        let text = xml.text(tag)?;
        let text = text.trim();
        match tag {
            "Name" => text.clone_into(&mut found.name),
            "Description" => text.clone_into(&mut found.description),
            "Generics" if text == "yes" => found.generics = Generics::All,
            "Generics" => found.generics = Generics::None,
            "AddedGenerics" => {
                let added = text.split(',').map(str::trim).filter(|word| !word.is_empty());
                found.generics = Generics::Added(added.map(str::to_owned).collect());
            }
            _ => {
                found.indexed = !text.is_empty() && text != "no";
                if found.indexed && text != "any" {
                    found.indices = Enumeration::parse(text)
                        .map_err(|entry| xml.error(&format!("bad {tag} entry `{entry}`")))?;
                }
            }
        }
    }
    if found.name.is_empty() {
        return Err(xml.error_at(line, "a subsystem has no <Name>"));
    }
    Ok(found)
}
