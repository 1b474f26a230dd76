//! Types with names: records, enums and fixed.

use apache_avro::schema::{Alias, Name};

use super::objection::{Kind, Objection};
use super::walk::{Step, Walk};

impl Walk<'_> {
    /// What is wrong with the names of two types and what `check` finds inside them, once: where
    /// both are used again, the same is answered, with the place where they were met first.
    pub(super) fn named(
        &mut self,
        (name, aliases): (&Name, Option<&Vec<Alias>>),
        writer: &Name,
        check: impl FnOnce(&mut Self) -> Vec<Objection>,
    ) -> Vec<Objection> {
        let pair = (name.to_string(), writer.to_string());
        if let Some(found) = self.known.get(&pair) {
            return found.clone();
        }
        // So that recursive types end.
        self.known.insert(pair.clone(), Vec::new());
        let mut all = self.names(name, aliases, &pair.1);
        all.extend(check(self));
        self.known.insert(pair, all.clone());
        all
    }

    /// Names count without their namespaces, aliases with them: the specification asks for equal
    /// "unqualified" names, and aliases are names of the writer.
    fn names(&mut self, name: &Name, aliases: Option<&Vec<Alias>>, writer: &str) -> Vec<Objection> {
        let short = writer.rsplit('.').next().unwrap_or(writer);
        let mut aliases = aliases.into_iter().flatten();
        if name.name() == short || aliases.any(|alias| alias.fullname(None) == writer) {
            return Vec::new();
        }
        self.inside(Step::Attribute("name"), |walk| {
            let words = format!("the writer's name is {writer}, the reader's {name}");
            walk.object(Kind::NameMismatch, format!("expected: {writer}"), words)
        })
    }
}
