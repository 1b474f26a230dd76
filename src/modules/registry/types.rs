//! What the functions of `registry` take and hand to scripts.

use std::sync::Arc;
use std::time::Duration;

use rhai::{Array, Blob, Dynamic, Map, NativeCallContext};
use serde::Deserialize;

use crate::clients::registry::{Registered, Registry, RegistryError, Verdict, Version};
use crate::error::{Failure, Kind};
use crate::formats::avro::evolution::Level;
use crate::formats::avro::{self, Schema, wire};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::value;
use crate::nearest::nearest;

/// The options of `registry::delete`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Deletion {
    /// One version; else all.
    pub version: Option<i64>,
    /// For good, after a deletion that only hides.
    pub permanent: bool,
}

/// The registry of the run that calls.
pub fn registry(call: &NativeCallContext) -> RhaiResultOf<Arc<Registry>> {
    Ok(Registry::of(&call::context(call)?)?)
}

/// Those of the names that `list` gives which match `pattern` from their start.
pub fn matching(
    pattern: &str,
    list: impl FnOnce() -> RhaiResultOf<Vec<String>>,
) -> RhaiResultOf<Array> {
    let anchored = regex::Regex::new(&format!("^(?:{pattern})")).map_err(|error| {
        // The last line says what is wrong; those before it point into the anchored form.
        let text = error.to_string();
        let why = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
        let what = format!("cannot list subjects: `{pattern}` is no regular expression: {why}");
        Failure::new(Kind::Usage, what)
    })?;
    Ok(list()?.into_iter().filter(|name| anchored.is_match(name)).map(Dynamic::from).collect())
}

/// Nothing where `subject` exists: a registry calls every schema compatible with one that does not.
pub fn existing(registry: &Registry, subject: &str) -> Result<(), Failure> {
    let known = registry.subjects()?;
    if known.iter().any(|name| name == subject) {
        return Ok(());
    }
    let what = format!(
        "cannot check a schema against subject `{subject}` at {}: no such subject",
        registry.url()
    );
    let remedy = nearest(subject, known.iter().map(String::as_str))
        .map_or("list the subjects with: kafkaefd registry list".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
    Err(Failure::new(Kind::NotFound, what).with_remedy(remedy))
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

/// The level that `word` names.
pub fn level(word: &str) -> RhaiResultOf<Level> {
    Ok(Level::from_word(word).ok_or_else(|| RegistryError::Level(word.to_owned()))?)
}

/// Seconds, as an integer or a float above 0.
pub fn seconds(given: &Dynamic) -> RhaiResultOf<Duration> {
    let seconds = given.as_float().or_else(|_| given.as_int().map(|whole| whole as f64));
    let valid = seconds.ok().filter(|seconds| *seconds > 0.0);
    valid.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).ok_or_else(|| {
        Failure::new(Kind::Usage, format!("`{given}` is no time: give seconds above 0")).into()
    })
}

/// A version of a subject as a map.
pub fn registered(found: Registered) -> Map {
    Map::from([
        ("subject".into(), found.subject.into()),
        ("version".into(), i64::from(found.version).into()),
        ("id".into(), i64::from(found.id).into()),
        ("schema".into(), Dynamic::from(found.schema)),
    ])
}

/// A verdict as a map.
pub fn verdict(verdict: Verdict) -> Map {
    let reasons: Array = verdict.reasons.into_iter().map(Dynamic::from).collect();
    Map::from([
        ("compatible".into(), verdict.compatible.into()),
        ("reasons".into(), reasons.into()),
    ])
}

/// Numbers as scripts have them.
pub fn numbers(numbers: Vec<u32>) -> Array {
    numbers.into_iter().map(|number| i64::from(number).into()).collect()
}

/// The header for `id`, then `value` by `schema`.
pub fn framed(id: u32, schema: &Schema, value: &Dynamic) -> RhaiResultOf<Blob> {
    let body = avro::encode(schema, &value::to_avro(value))?;
    let mut bytes = Vec::with_capacity(wire::HEADER + body.len());
    wire::frame(id, &mut bytes);
    bytes.extend_from_slice(&body);
    Ok(bytes)
}
