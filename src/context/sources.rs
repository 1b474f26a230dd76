//! The texts of all scripts of a run, by name, so that an error can show its line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::Context;

#[derive(Default)]
struct Sources(Mutex<Texts>);

#[derive(Default)]
struct Texts {
    texts: BTreeMap<String, String>,
    imports: BTreeSet<String>,
}

/// Notes the `text` of the script called `name`.
pub fn note(context: &Context, name: &str, text: &str) {
    with(context, |all| all.texts.insert(name.to_owned(), text.to_owned()));
}

/// Notes the `text` of the script called `name`, which another one imports.
pub fn note_import(context: &Context, name: &str, text: &str) {
    note(context, name, text);
    with(context, |all| all.imports.insert(name.to_owned()));
}

/// The text of the script called `name`; empty if it was never noted.
pub fn text(context: &Context, name: &str) -> String {
    with(context, |all| all.texts.get(name).cloned()).flatten().unwrap_or_default()
}

/// What was imported so far, as text by name.
pub fn imports(context: &Context) -> BTreeMap<String, String> {
    let imports = |all: &mut Texts| {
        let imported = all.texts.iter().filter(|(name, _)| all.imports.contains(*name));
        imported.map(|(name, text)| (name.clone(), text.clone())).collect()
    };
    with(context, imports).unwrap_or_default()
}

fn with<T>(context: &Context, act: impl FnOnce(&mut Texts) -> T) -> Option<T> {
    let sources: Arc<Sources> = context.resource(|| Ok(Sources::default())).ok()?;
    let mut all = sources.0.lock().unwrap_or_else(PoisonError::into_inner);
    Some(act(&mut all))
}
