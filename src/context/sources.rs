//! The texts of all scripts of a run, by name, so that an error can show its line.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::Context;

#[derive(Default)]
struct Sources(Mutex<BTreeMap<String, String>>);

/// Notes the `text` of the script called `name`.
pub fn note(context: &Context, name: &str, text: &str) {
    if let Ok(sources) = context.resource(|| Ok(Sources::default())) {
        let mut texts = sources.0.lock().unwrap_or_else(PoisonError::into_inner);
        texts.insert(name.to_owned(), text.to_owned());
    }
}

/// The text of the script called `name`; empty if it was never noted.
pub fn text(context: &Context, name: &str) -> String {
    let Ok(sources) = context.resource(|| Ok(Sources::default())) else { return String::new() };
    let texts = sources.0.lock().unwrap_or_else(PoisonError::into_inner);
    texts.get(name).cloned().unwrap_or_default()
}
