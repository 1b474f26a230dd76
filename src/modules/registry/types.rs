//! What the functions of `registry` take and hand to scripts.

use std::sync::Arc;
use std::time::Duration;

use rhai::{Array, Blob, Dynamic, ImmutableString, Map, NativeCallContext};

use crate::clients::registry::{
    Definition, Draft, Identified, Mode, Reference, Registered, Registry, RegistryError,
    SchemaType, Subject, Verdict, Version,
};
use crate::error::{Failure, Kind};
use crate::formats::avro::evolution::Level;
use crate::formats::avro::{self, Schema, wire};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::name_filter::wanted;
use crate::modules::schema::schema as schema_of;
use crate::modules::value;

/// The registry of the run that calls.
pub fn registry(call: &NativeCallContext) -> RhaiResultOf<Arc<Registry>> {
    Ok(Registry::of(&call::context(call)?)?)
}

/// The same, for a call that waits at most `timeout` if one is given.
pub fn patient(call: &NativeCallContext, timeout: Option<Duration>) -> RhaiResultOf<Registry> {
    Ok(registry(call)?.within(timeout))
}

/// Those of the names that `list` gives which match `pattern` from their start.
pub fn matching(
    pattern: &str,
    list: impl FnOnce() -> RhaiResultOf<Vec<String>>,
) -> RhaiResultOf<Vec<String>> {
    let wanted = wanted("subjects", Some(pattern))?;
    Ok(list()?.into_iter().filter(|name| wanted(name)).collect())
}

/// A version: a number from 1 up, or `"latest"`.
pub fn version(given: &Dynamic) -> RhaiResultOf<Version> {
    // Command lines give numbers as text.
    let number = given.to_string().parse::<u32>().ok();
    match number {
        Some(number @ 1..) => Ok(Version::Number(number)),
        _ if given.to_string() == "latest" => Ok(Version::Latest),
        _ => {
            let what = format!("`{given}` is no version: give a number from 1 up, or \"latest\"");
            Err(Failure::new(Kind::Usage, what).into())
        }
    }
}

/// The id in `given`.
pub fn id(given: i64) -> RhaiResultOf<u32> {
    u32::try_from(given).map_err(|_| {
        Failure::new(Kind::Usage, format!("{given} is no schema id: ids are from 1 up")).into()
    })
}

/// A subject, or none for `()`.
pub fn subject(given: &Dynamic) -> RhaiResultOf<Option<ImmutableString>> {
    if given.is_unit() {
        return Ok(None);
    }
    given.clone().into_immutable_string().map(Some).map_err(|got| {
        Failure::new(Kind::Usage, format!("a subject is text, or () for all, not {got}")).into()
    })
}

/// The level that `word` names.
pub fn level(word: &str) -> RhaiResultOf<Level> {
    Ok(Level::from_word(word).ok_or_else(|| RegistryError::Level(word.to_owned()))?)
}

/// The mode that `word` names.
pub fn mode(word: &str) -> RhaiResultOf<Mode> {
    Ok(Mode::from_word(word).ok_or_else(|| RegistryError::Mode(word.to_owned()))?)
}

/// The schema in `given`, in the language `kind` (Avro where there is none).
pub fn draft(
    given: &Dynamic,
    kind: Option<&str>,
    references: Vec<Reference>,
) -> RhaiResultOf<Draft> {
    let kind = match kind {
        None => SchemaType::Avro,
        Some(word) => {
            SchemaType::from_word(word).ok_or_else(|| RegistryError::Type(word.to_owned()))?
        }
    };
    // What other schemas define is known to the registry only.
    if kind == SchemaType::Avro && references.is_empty() || given.is::<Schema>() {
        return Ok(Draft { kind, ..Draft::avro(&schema_of(given)?, references) });
    }
    let text = match given.as_immutable_string_ref() {
        Ok(text) => text.to_string(),
        Err(_) if given.is::<Map>() && kind != SchemaType::Protobuf => {
            value::to_json(given).to_string()
        }
        Err(got) => {
            let what = format!("a schema of type {kind} is text, not {got}");
            return Err(Failure::new(Kind::Usage, what).into());
        }
    };
    Ok(Draft { kind, text, references })
}

/// The text in the file at `path`.
pub fn file(path: &str) -> RhaiResultOf<String> {
    std::fs::read_to_string(path).map_err(|error| {
        let (kind, why) = if error.kind() == std::io::ErrorKind::NotFound {
            (Kind::NotFound, "there is no such file".to_owned())
        } else {
            (Kind::Invalid, error.to_string())
        };
        Failure::new(kind, format!("cannot read the schema in `{path}`: {why}")).into()
    })
}

/// A version of a subject as a map.
pub fn registered(found: Registered) -> Map {
    Map::from([
        ("subject".into(), found.subject.into()),
        ("version".into(), i64::from(found.version).into()),
        ("id".into(), i64::from(found.id).into()),
        ("type".into(), found.kind.word().into()),
        ("schema".into(), definition(found.schema)),
        ("references".into(), references(found.references)),
    ])
}

/// A schema with an id as a map.
pub fn identified(found: Identified) -> Map {
    let uses: Array =
        found.uses.into_iter().map(|used| place(used.subject, used.version)).collect();
    Map::from([
        ("id".into(), i64::from(found.id).into()),
        ("type".into(), found.kind.word().into()),
        ("schema".into(), definition(found.schema)),
        ("references".into(), references(found.references)),
        ("subjects".into(), uses.into()),
    ])
}

fn place(subject: String, version: u32) -> Dynamic {
    let version = i64::from(version).into();
    Map::from([("subject".into(), subject.into()), ("version".into(), version)]).into()
}

/// A `Schema`, or the text of a schema that is not Avro.
fn definition(schema: Definition) -> Dynamic {
    match schema {
        Definition::Avro(schema) => Dynamic::from(schema),
        Definition::Text(text) => text.into(),
    }
}

fn references(references: Vec<Reference>) -> Dynamic {
    let maps = references.into_iter().map(|reference| {
        Dynamic::from_map(Map::from([
            ("name".into(), reference.name.into()),
            ("subject".into(), reference.subject.into()),
            ("version".into(), i64::from(reference.version).into()),
        ]))
    });
    maps.collect::<Array>().into()
}

/// A subject as a map; keys that were not asked for are left out.
pub fn described(subject: Subject) -> Map {
    let mut map = Map::from([("subject".into(), subject.name.into())]);
    if let Some(versions) = subject.versions {
        map.insert("versions".into(), numbers(versions).into());
    }
    if let Some(level) = subject.level {
        map.insert("level".into(), level.word().into());
    }
    map
}

/// A verdict as a map.
pub fn verdict(verdict: Verdict) -> Map {
    let reasons = verdict.reasons.unwrap_or_default().into_iter().map(Dynamic::from);
    Map::from([
        ("compatible".into(), verdict.compatible.into()),
        ("reasons".into(), reasons.collect::<Array>().into()),
    ])
}

/// Numbers as scripts have them.
pub fn numbers(numbers: Vec<u32>) -> Array {
    numbers.into_iter().map(|number| i64::from(number).into()).collect()
}

/// Names as scripts have them.
pub fn names(names: Vec<String>) -> Array {
    names.into_iter().map(Dynamic::from).collect()
}

/// The header for `id`, then `value` by `schema`.
pub fn framed(id: u32, schema: &Schema, value: &Dynamic) -> RhaiResultOf<Blob> {
    let body = avro::encode(schema, &value::to_avro(value))?;
    let mut bytes = Vec::with_capacity(wire::HEADER + body.len());
    wire::frame(id, &mut bytes);
    bytes.extend_from_slice(&body);
    Ok(bytes)
}
