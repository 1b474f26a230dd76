//! Walks two schemas side by side.

use std::collections::{BTreeMap, BTreeSet};

use apache_avro::schema::{
    Alias, EnumSchema, FixedSchema, Name, RecordSchema, Schema as Node, UnionSchema,
};
use serde_json::{Value as Json, json};

use super::super::describe::describe;
use super::super::schema::Schema;
use super::change::{Change, Changes, What};
use super::fields;

/// What changes from `old` to `new`, from the outside in and in the order of the new fields.
///
/// A field whose alias is the name of an old one was renamed. Positions count only where fields
/// changed their order, not where others came or went.
pub fn diff(old: &Schema, new: &Schema) -> Vec<Change> {
    let mut walk = Walk { old, new, seen: BTreeSet::new(), changes: Changes::default() };
    walk.types(old.node(), new.node(), "");
    walk.changes.0
}

/// Two schemas, and what was found so far.
pub(super) struct Walk<'a> {
    pub(super) old: &'a Schema,
    pub(super) new: &'a Schema,
    /// Records that were compared, so that recursive ones end.
    seen: BTreeSet<(String, String)>,
    pub(super) changes: Changes,
}

impl<'a> Walk<'a> {
    pub(super) fn types(&mut self, old: &'a Node, new: &'a Node, path: &str) {
        match (resolve(self.old, old), resolve(self.new, new)) {
            (Node::Record(old), Node::Record(new)) => self.records(old, new, path),
            (Node::Enum(old), Node::Enum(new)) => self.enums(old, new, path),
            (Node::Fixed(old), Node::Fixed(new)) => self.fixed(old, new, path),
            (Node::Array(old), Node::Array(new)) => {
                self.types(&old.items, &new.items, &format!("{path}[]"));
            }
            (Node::Map(old), Node::Map(new)) => {
                self.types(&old.types, &new.types, &format!("{path}{{}}"));
            }
            (Node::Union(old), Node::Union(new)) => self.unions(old, new, path),
            (old, new) => self.words(old, new, path),
        }
    }

    /// Types that differ in words.
    fn words(&mut self, old: &Node, new: &Node, path: &str) {
        let (old, new) = (describe(self.old, old), describe(self.new, new));
        if old != new {
            self.changes.push(path, What::Retyped, Some(old.into()), Some(new.into()));
        }
    }

    fn records(&mut self, old: &'a RecordSchema, new: &'a RecordSchema, path: &str) {
        self.name(&old.name, &new.name, path);
        if !self.seen.insert((old.name.to_string(), new.name.to_string())) {
            return;
        }
        self.changes.attribute(path, "doc", text(old.doc.as_ref()), text(new.doc.as_ref()));
        let (before, after) = (names(old.aliases.as_ref()), names(new.aliases.as_ref()));
        self.changes.attribute(path, "aliases", before, after);
        self.attributes(&old.attributes, &new.attributes, path);
        fields::compare(self, old, new, path);
    }

    fn enums(&mut self, old: &EnumSchema, new: &EnumSchema, path: &str) {
        self.name(&old.name, &new.name, path);
        let symbols = |symbols: &[String]| Some(json!(symbols));
        self.changes.attribute(path, "symbols", symbols(&old.symbols), symbols(&new.symbols));
        self.changes.attribute(
            path,
            "default",
            text(old.default.as_ref()),
            text(new.default.as_ref()),
        );
        self.changes.attribute(path, "doc", text(old.doc.as_ref()), text(new.doc.as_ref()));
        let (before, after) = (names(old.aliases.as_ref()), names(new.aliases.as_ref()));
        self.changes.attribute(path, "aliases", before, after);
        self.attributes(&old.attributes, &new.attributes, path);
    }

    fn fixed(&mut self, old: &FixedSchema, new: &FixedSchema, path: &str) {
        self.name(&old.name, &new.name, path);
        self.changes.attribute(path, "size", Some(json!(old.size)), Some(json!(new.size)));
        self.changes.attribute(path, "doc", text(old.doc.as_ref()), text(new.doc.as_ref()));
        self.attributes(&old.attributes, &new.attributes, path);
    }

    /// As a whole in words, then the branches that both have.
    fn unions(&mut self, old: &'a UnionSchema, new: &'a UnionSchema, path: &str) {
        let words = |schema, union: &'a UnionSchema| {
            let branches = union.variants().iter();
            branches.map(|branch| (describe(schema, branch), branch)).collect::<Vec<_>>()
        };
        let (before, after) = (words(self.old, old), words(self.new, new));
        let joined = |branches: &[(String, &Node)]| {
            let words: Vec<&str> = branches.iter().map(|(words, _)| words.as_str()).collect();
            words.join(" or ")
        };
        let (was, is) = (joined(&before), joined(&after));
        if was != is {
            self.changes.push(path, What::Retyped, Some(was.into()), Some(is.into()));
        }
        for (words, old) in before {
            if let Some((_, new)) = after.iter().find(|(same, _)| *same == words) {
                self.types(old, new, path);
            }
        }
    }

    fn name(&mut self, old: &Name, new: &Name, path: &str) {
        if old != new {
            let (old, new) = (old.to_string().into(), new.to_string().into());
            self.changes.push(path, What::Renamed, Some(old), Some(new));
        }
    }

    pub(super) fn attributes(
        &mut self,
        old: &BTreeMap<String, Json>,
        new: &BTreeMap<String, Json>,
        path: &str,
    ) {
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let (old, new) = (old.get(name).cloned(), new.get(name).cloned());
            self.changes.attribute(path, name, old, new);
        }
    }
}

fn resolve<'a>(schema: &'a Schema, node: &'a Node) -> &'a Node {
    match node {
        Node::Ref { name } => schema.named(name).unwrap_or(node),
        _ => node,
    }
}

pub(super) fn text(text: Option<&String>) -> Option<Json> {
    text.map(|text| Json::from(text.as_str()))
}

fn names(aliases: Option<&Vec<Alias>>) -> Option<Json> {
    let aliases = aliases.filter(|aliases| !aliases.is_empty())?;
    Some(aliases.iter().map(|alias| Json::from(alias.fullname(None))).collect())
}
