//! Names as Avro demands them: letters, digits and `_`, no digit first, none twice in a record.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::formats::sal::interfaces::Topic;

/// Words that the specification of Avro keeps for its own types.
const TYPES: [&str; 14] = [
    "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "enum",
    "array", "map", "union", "fixed",
];

/// `topic` with names that Avro takes; none is the name of a field that the layout itself
/// `reserves`. What was mended goes to `notes`.
pub fn topic<'a>(
    topic: &'a Topic,
    reserves: fn(&str) -> bool,
    notes: &mut Vec<String>,
) -> Cow<'a, Topic> {
    let mut mended = Cow::Borrowed(topic);
    if !is_name(&topic.name) {
        let (component, name) = (name(&topic.component), name(&topic.name));
        notes.push(format!("`{}` is no Avro name: it becomes `{name}`", topic.name));
        let to = mended.to_mut();
        to.component = component.into_owned();
        to.name = name.into_owned();
    }
    let names: Vec<&str> = topic.items.iter().map(|item| &*item.name).collect();
    for Mended { at, name, why } in mend(&names, reserves) {
        if let Some(item) = mended.to_mut().items.get_mut(at) {
            notes.push(format!("`{}` {why}: it becomes `{name}`", item.name));
            item.name = name;
        }
    }
    mended
}

/// The symbols `all` of the enumeration of `item` as Avro takes them.
pub fn symbols(item: &str, all: &[&str], notes: &mut Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = all.iter().map(|&symbol| symbol.to_owned()).collect();
    for Mended { at, name, why } in mend(all, |_| false) {
        if let Some(symbol) = names.get_mut(at) {
            notes.push(format!("symbol `{symbol}` of `{item}` {why}: it becomes `{name}`"));
            *symbol = name;
        }
    }
    names
}

/// The name of the enumeration of the item `item` in the record `record`.
pub fn type_name(record: &str, item: &str, notes: &mut Vec<String>) -> String {
    if item != record && !TYPES.contains(&item) {
        return item.to_owned();
    }
    let name = format!("{item}_enum");
    notes.push(format!("the enumeration of `{item}` cannot have its name: it becomes `{name}`"));
    name
}

struct Mended {
    at: usize,
    name: String,
    why: &'static str,
}

/// The names among `all` that must change; those that need not keep theirs.
fn mend(all: &[&str], reserves: fn(&str) -> bool) -> Vec<Mended> {
    let fits = |name: &&str| is_name(name) && !reserves(name);
    let kept: HashSet<&str> = all.iter().copied().filter(fits).collect();
    let mut mended = Vec::new();
    if kept.len() == all.len() {
        return mended;
    }
    let mut met: HashSet<String> = HashSet::new();
    for (at, wanted) in all.iter().enumerate() {
        let why = if !is_name(wanted) {
            "is no Avro name"
        } else if reserves(wanted) {
            "is a field of the layout"
        } else if met.insert((*wanted).to_owned()) {
            continue;
        } else {
            "stands there twice"
        };
        let free =
            |name: &String| !(kept.contains(name.as_str()) || reserves(name) || met.contains(name));
        let base = name(wanted);
        let more = (2..=u32::MAX).map(|number| format!("{base}_{number}"));
        let name = std::iter::once(base.to_string()).chain(more).find(free).unwrap_or_default();
        met.insert(name.clone());
        mended.push(Mended { at, name, why });
    }
    mended
}

/// `text` with `_` for each character that Avro forbids, and before a digit at its start.
fn name(text: &str) -> Cow<'_, str> {
    if is_name(text) {
        return Cow::Borrowed(text);
    }
    let digit = text.bytes().next().is_none_or(|byte| byte.is_ascii_digit());
    let allowed = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let start = if digit { "_" } else { "" };
    Cow::Owned(start.chars().chain(text.chars().map(allowed)).collect())
}

fn is_name(text: &str) -> bool {
    let first = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    text.bytes().next().is_some_and(first) && text.bytes().all(|b| first(b) || b.is_ascii_digit())
}
