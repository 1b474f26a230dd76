//! Reads `SALSubsystems.xml`: the components, their indices and their generic topics.

use std::path::Path;

use super::mistakes::Mistakes;
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

/// The components that the file `path` with content `text` lists; the error tells all that is wrong
/// in it, up to where it is no XML any more.
pub fn subsystems(path: &Path, text: &str) -> Result<Vec<Subsystem>, SalError> {
    let (xml, mistakes) = (Xml::new(path, text), Mistakes::default());
    let mut file = File { xml, mistakes, list: Vec::new() };
    if let Err(error) = file.read() {
        file.mistakes.0.push(error);
    }
    file.mistakes.together().map_or(Ok(file.list), Err)
}

struct File<'a> {
    xml: Xml<'a>,
    mistakes: Mistakes,
    list: Vec<Subsystem>,
}

impl File<'_> {
    /// Reads all components. Errors are of the XML, and end the reading.
    fn read(&mut self) -> Result<(), SalError> {
        let root = self.xml.root()?;
        if !matches!(root, "SALSubsystems" | "SALSubsystemSet") {
            let what = format!("<{root}> is no set of SAL subsystems");
            return Err(self.xml.error(&what));
        }
        while let Some(tag) = self.xml.child()? {
            if matches!(tag, "Subsystem" | "SALSubsystem") {
                let found = self.subsystem()?;
                self.list.push(found);
            } else {
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    fn subsystem(&mut self) -> Result<Subsystem, SalError> {
        let line = self.xml.line();
        let mut found = Subsystem::default();
        while let Some(tag) = self.xml.child()? {
            let Some(&tag) = TAGS.iter().find(|known| **known == tag) else {
                self.xml.skip()?;
                continue;
            };
            let text = self.xml.text(tag)?;
            if let Err(entry) = found.take(tag, text.trim()) {
                let (line, what) = (self.xml.line(), format!("bad {tag} entry `{entry}`"));
                self.mistakes.note(&mut self.xml, line, &what)?;
            }
        }
        if found.name.is_empty() {
            self.mistakes.note(&mut self.xml, line, "a subsystem has no <Name>")?;
        }
        Ok(found)
    }
}

impl Subsystem {
    /// Takes `text`, that of the element `tag`. The error is the entry of an enumeration that is
    /// wrong.
    fn take(&mut self, tag: &str, text: &str) -> Result<(), String> {
        match tag {
            "Name" => text.clone_into(&mut self.name),
            "Description" => text.clone_into(&mut self.description),
            "Generics" if text == "yes" => self.generics = Generics::All,
            "Generics" => self.generics = Generics::None,
            "AddedGenerics" => {
                let added = text.split(',').map(str::trim).filter(|word| !word.is_empty());
                self.generics = Generics::Added(added.map(str::to_owned).collect());
            }
            _ => {
                self.indexed = !text.is_empty() && text != "no";
                if self.indexed && text != "any" {
                    self.indices = Enumeration::parse(text)?;
                }
            }
        }
        Ok(())
    }
}
