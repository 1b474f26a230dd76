//! Generators as scripts hold them, and where the values of a field come from.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use apache_avro::types::Value;
use rhai::{Array, Blob, Dynamic, Map};
use serde::Deserialize;

use crate::error::{Failure, Kind};
use crate::formats::clock;
use crate::load::generator::{self, Options, Signal, Source};
use crate::modules::error::RhaiResultOf;
use crate::modules::{schema, value};

/// A cheap handle; copies go on together.
#[derive(Clone)]
pub struct Generator(Arc<Mutex<generator::Generator>>);

/// The options of `load::generator`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GeneratorOptions {
    seed: Option<i64>,
    fields: HashMap<String, Dynamic>,
}

/// A generator for the schema in `given`.
pub fn generator(given: &Dynamic, options: GeneratorOptions) -> RhaiResultOf<Generator> {
    let sources = options.fields.into_iter().map(|(field, given)| {
        let source = source(&field, &given)?;
        Ok((field, source))
    });
    let fields: HashMap<_, _> = sources.collect::<Result<_, Failure>>()?;
    let seed = options.seed.unwrap_or(1) as u64;
    let made = generator::Generator::compile(&schema::schema(given)?, Options { seed, fields })?;
    Ok(Generator(Arc::new(Mutex::new(made))))
}

impl Generator {
    /// The next record, made at `now_ms`.
    pub fn next(&self, now_ms: i64) -> RhaiResultOf<Dynamic> {
        let made = self.locked(|made| made.value(now_ms.saturating_mul(1_000)))?;
        Ok(value::from_avro(made))
    }

    /// The next record in Avro, made at `now_ms`.
    pub fn bytes(&self, now_ms: i64) -> RhaiResultOf<Blob> {
        let mut bytes = Blob::new();
        self.locked(|made| made.write(now_ms.saturating_mul(1_000), &mut bytes))?;
        Ok(bytes)
    }

    fn locked<T>(&self, act: impl FnOnce(&mut generator::Generator) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Display for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Generator({})", self.locked(|made| made.schema().name().to_owned()))
    }
}

/// Milliseconds since 1970 (UTC).
pub fn now() -> i64 {
    clock::now()
}

/// What `given` says about the values of `field`.
fn source(field: &str, given: &Dynamic) -> Result<Source, Failure> {
    if let Some(all) = given.read_lock::<Array>() {
        return Ok(choice(&all));
    }
    let Some(map) = given.read_lock::<Map>() else {
        return Ok(Source::Choice(vec![value::to_avro(given)]));
    };
    let reader = Reader { field, map: &map };
    Ok(match reader.way()? {
        "constant" => Source::Choice(vec![value::to_avro(&reader.given("constant"))]),
        "choice" => match reader.given("choice").read_lock::<Array>() {
            Some(all) => choice(&all),
            None => return Err(reader.error("`choice` is no array")),
        },
        "uniform" => {
            let (low, high) = reader.range("uniform")?;
            Source::Signal(Signal::Uniform { low, high })
        }
        "normal" => {
            let (mean, deviation) = reader.pair("normal")?;
            Source::Signal(Signal::Normal { mean, deviation })
        }
        "walk" => {
            let (low, high) = reader.range("walk")?;
            let step = reader.number("step")?.unwrap_or((high - low) / 50.0);
            Source::Signal(Signal::Walk { low, high, step })
        }
        "sine" => {
            let (low, high) = reader.range("sine")?;
            let period = reader.number("period")?.unwrap_or(60.0);
            Source::Signal(Signal::Sine { low, high, period })
        }
        _ => {
            let first = reader.number("count")?.unwrap_or_default();
            let step = reader.number("step")?.unwrap_or(1.0);
            Source::Signal(Signal::Count { first, step })
        }
    })
}

fn choice(all: &Array) -> Source {
    Source::Choice(all.iter().map(value::to_avro).collect::<Vec<Value>>())
}

/// The ways in which values are made up, and what else may stand beside each.
const WAYS: [(&str, &str); 7] = [
    ("constant", ""),
    ("choice", ""),
    ("uniform", ""),
    ("normal", ""),
    ("walk", "step"),
    ("sine", "period"),
    ("count", "step"),
];

/// Reads what a script says about a field.
struct Reader<'a> {
    field: &'a str,
    map: &'a Map,
}

impl Reader<'_> {
    /// Which way it is; any other word is refused.
    fn way(&self) -> Result<&'static str, Failure> {
        let ways = || WAYS.map(|(way, _)| way).join(", ");
        let mut found = WAYS.iter().filter(|(way, _)| self.map.contains_key(*way));
        let (Some((way, beside)), None) = (found.next(), found.next()) else {
            let failure = self.error("it is not one way to make up values");
            return Err(failure.with_remedy(format!("give one of {}", ways())));
        };
        match self.map.keys().find(|key| key.as_str() != *way && key.as_str() != *beside) {
            None => Ok(way),
            Some(stray) => Err(self.error(&format!("`{way}` knows no `{stray}`"))),
        }
    }

    fn given(&self, key: &str) -> Dynamic {
        self.map.get(key).cloned().unwrap_or_default()
    }

    fn number(&self, key: &str) -> Result<Option<f64>, Failure> {
        let given = self.given(key);
        if given.is_unit() {
            return Ok(None);
        }
        number(&given).map(Some).ok_or_else(|| self.error(&format!("`{key}` is no number")))
    }

    /// The two numbers of `key`, the first not above the second.
    fn range(&self, key: &str) -> Result<(f64, f64), Failure> {
        let (low, high) = self.pair(key)?;
        if low <= high {
            return Ok((low, high));
        }
        Err(self.error(&format!("`{key}` goes from {low} down to {high}")))
    }

    fn pair(&self, key: &str) -> Result<(f64, f64), Failure> {
        let given = self.given(key);
        let pair = given.read_lock::<Array>().and_then(|pair| match pair.as_slice() {
            [one, two] => Some((number(one)?, number(two)?)),
            _ => None,
        });
        pair.ok_or_else(|| self.error(&format!("`{key}` is not two numbers in an array")))
    }

    fn error(&self, why: &str) -> Failure {
        Failure::new(Kind::Usage, format!("cannot make up field `{}`: {why}", self.field))
    }
}

fn number(given: &Dynamic) -> Option<f64> {
    let number = given.as_float().ok().or_else(|| given.as_int().ok().map(|int| int as f64));
    number.filter(|number| number.is_finite())
}
