//! The place in a schema that reads, and what was found on the way.

use std::collections::HashMap;

use super::super::schema::Schema;
use super::objection::{Direction, Kind, Objection};

/// One step from the root of a schema to a part of it.
pub(super) enum Step<'a> {
    /// A field of a record, by its place from 0 up.
    Field(usize, &'a str),
    /// The type of a field.
    Type,
    /// The items of an array.
    Items,
    /// The values of a map.
    Values,
    /// A branch of a union, from 0 up.
    Branch(usize),
    /// An attribute of a type.
    Attribute(&'static str),
}

/// A schema that reads and one that writes, and what is known of their types.
pub(super) struct Walk<'a> {
    pub(super) reader: &'a Schema,
    pub(super) writer: &'a Schema,
    direction: Direction,
    steps: Vec<Step<'a>>,
    /// What was found for two types, by their names.
    pub(super) known: HashMap<(String, String), Vec<Objection>>,
}

impl<'a> Walk<'a> {
    /// Why data of `writer` cannot be read with `reader`, each reason once; empty if it can.
    pub(super) fn between(
        reader: &'a Schema,
        writer: &'a Schema,
        direction: Direction,
    ) -> Vec<Objection> {
        let (steps, known) = (Vec::new(), HashMap::new());
        let mut walk = Walk { reader, writer, direction, steps, known };
        let mut all: Vec<Objection> = Vec::new();
        for found in walk.resolve(reader.node(), writer.node()) {
            if !all.contains(&found) {
                all.push(found);
            }
        }
        all
    }

    /// What `check` finds one step further.
    pub(super) fn inside(
        &mut self,
        step: Step<'a>,
        check: impl FnOnce(&mut Self) -> Vec<Objection>,
    ) -> Vec<Objection> {
        self.steps.push(step);
        let found = check(self);
        self.steps.pop();
        found
    }

    /// A reason at this place.
    pub(super) fn object(&self, kind: Kind, detail: String, words: String) -> Vec<Objection> {
        let (path, place) = (self.path(), self.place());
        vec![Objection { kind, path, detail, direction: self.direction, place, words }]
    }

    fn path(&self) -> String {
        let steps = self.steps.iter().map(|step| match step {
            Step::Field(index, _) => format!("/fields/{index}"),
            Step::Type => "/type".to_owned(),
            Step::Items => "/items".to_owned(),
            Step::Values => "/values".to_owned(),
            Step::Branch(index) => format!("/{index}"),
            Step::Attribute(name) => format!("/{name}"),
        });
        let path: String = steps.collect();
        if path.is_empty() { "/".to_owned() } else { path }
    }

    fn place(&self) -> String {
        let mut place = String::new();
        for step in &self.steps {
            match step {
                Step::Field(_, name) if place.is_empty() => place.push_str(name),
                Step::Field(_, name) => place = format!("{place}.{name}"),
                Step::Items => place.push_str("[]"),
                Step::Values => place.push_str("{}"),
                Step::Type | Step::Branch(_) | Step::Attribute(_) => {}
            }
        }
        place
    }
}
