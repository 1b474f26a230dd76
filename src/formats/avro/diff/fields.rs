//! The fields of two records.

use apache_avro::schema::{RecordField, RecordSchema};
use serde_json::{Value as Json, json};

use super::super::describe::describe;
use super::change::What;
use super::compare::{Walk, text};

/// A field of both records, with its places from 0 up.
struct Pair<'a> {
    old: (usize, &'a RecordField),
    new: (usize, &'a RecordField),
}

/// Notes what differs in the fields of the records at `path`.
pub(super) fn compare<'a>(
    walk: &mut Walk<'a>,
    old: &'a RecordSchema,
    new: &'a RecordSchema,
    path: &str,
) {
    let pairs = pairs(old, new);
    let moved = moved(&pairs);
    for (place, field) in new.fields.iter().enumerate() {
        let path = below(path, &field.name);
        let Some(pair) = pairs.iter().find(|pair| pair.new.0 == place) else {
            let words = described(&describe(walk.new, &field.schema), field);
            walk.changes.push(&path, What::Added, None, Some(words));
            continue;
        };
        stays(walk, pair, &path);
        // Of fields that changed places round one another, the middle one has not moved.
        if moved.contains(&place) && pair.old.0 != place {
            let (old, new) = (json!(pair.old.0 + 1), json!(place + 1));
            walk.changes.push(&path, What::Moved, Some(old), Some(new));
        }
    }
    for (place, field) in old.fields.iter().enumerate() {
        if !pairs.iter().any(|pair| pair.old.0 == place) {
            let words = described(&describe(walk.old, &field.schema), field);
            walk.changes.push(&below(path, &field.name), What::Removed, Some(words), None);
        }
    }
}

fn stays<'a>(walk: &mut Walk<'a>, pair: &Pair<'a>, path: &str) {
    let (old, new) = (pair.old.1, pair.new.1);
    if old.name != new.name {
        let (old, new) = (json!(old.name), json!(new.name));
        walk.changes.push(path, What::Renamed, Some(old), Some(new));
    }
    walk.types(&old.schema, &new.schema, path);
    walk.changes.attribute(path, "default", old.default.clone(), new.default.clone());
    walk.changes.attribute(path, "doc", text(old.doc.as_ref()), text(new.doc.as_ref()));
    let aliases = |field: &RecordField| (!field.aliases.is_empty()).then(|| json!(field.aliases));
    walk.changes.attribute(path, "aliases", aliases(old), aliases(new));
    walk.attributes(&old.custom_attributes, &new.custom_attributes, path);
}

/// Fields of the same name, then new ones whose alias is the name of one that is gone.
fn pairs<'a>(old: &'a RecordSchema, new: &'a RecordSchema) -> Vec<Pair<'a>> {
    let gone = |name: &str| !new.fields.iter().any(|field| field.name == name);
    let find = |field: &RecordField| {
        let mut fields = old.fields.iter().enumerate();
        let same = fields.clone().find(|(_, old)| old.name == field.name);
        same.or_else(|| {
            fields.find(|(_, old)| field.aliases.contains(&old.name) && gone(&old.name))
        })
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for (place, field) in new.fields.iter().enumerate() {
        if let Some(old) = find(field)
            && !pairs.iter().any(|pair| pair.old.0 == old.0)
        {
            pairs.push(Pair { old, new: (place, field) });
        }
    }
    pairs
}

/// The new places of the fewest fields that must move to make the old order the new one: those
/// outside the longest run whose old places rise.
fn moved(pairs: &[Pair]) -> Vec<usize> {
    // The longest rising run that ends with each pair, and the pair before it in that run.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let before = (0..at).filter(|other| pairs[*other].old.0 < pair.old.0);
        let best = before.max_by_key(|other| (runs[*other].0, std::cmp::Reverse(*other)));
        runs.push((best.map_or(1, |best| runs[best].0 + 1), best));
    }
    let mut stay = vec![false; pairs.len()];
    let longest = |at: &usize| (runs[*at].0, std::cmp::Reverse(*at));
    let mut next = (0..pairs.len()).max_by_key(longest);
    while let Some(at) = next {
        stay[at] = true;
        next = runs[at].1;
    }
    pairs.iter().zip(stay).filter(|(_, stay)| !stay).map(|(pair, _)| pair.new.0).collect()
}

/// What stands between a type and the default of its field.
pub(super) const DEFAULT: &str = ", default ";

/// A type with the default of its field.
fn described(words: &str, field: &RecordField) -> Json {
    match &field.default {
        Some(default) => format!("{words}{DEFAULT}{default}").into(),
        None => words.into(),
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
