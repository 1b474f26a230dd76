//! What a script says about the values of made-up fields.

use std::collections::HashMap;

use apache_avro::types::Value;
use rhai::{Array, Dynamic, FnPtr, Map, NativeCallContext};
use serde::Deserialize;

use super::functions::Home;
use super::{call, moment, value};
use crate::error::{Failure, Kind};
use crate::load::generator::{Signal, Source};
use crate::modules::error::RhaiResultOf;
use crate::nearest::nearest;

/// What a script says about the values of some fields, by their paths.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Fields(HashMap<String, Dynamic>);

impl Fields {
    /// Where the values come from; closures are those of the script that makes `call`, and draw
    /// from `seed`.
    pub fn sources(
        self,
        call: &NativeCallContext,
        seed: u64,
    ) -> RhaiResultOf<HashMap<String, Source>> {
        let has_closure = self.0.values().any(Dynamic::is::<FnPtr>);
        let home =
            if has_closure { Some(Home::shared(call, &call::context(call)?)?) } else { None };
        let one = |(field, given): (String, Dynamic)| {
            let source = match (given.read_lock::<FnPtr>(), &home) {
                (Some(closure), Some(home)) => made(home, &field, &closure, seed)?,
                _ => source(&field, &given)?,
            };
            Ok((field, source))
        };
        self.0.into_iter().map(one).collect()
    }
}

/// What `closure` makes for `field`, which has a chance of its own.
fn made(home: &Home, field: &str, closure: &FnPtr, seed: u64) -> Result<Source, Failure> {
    if let Some(count) = home.takes_other_than(1, closure) {
        let why = format!("its closure takes {count} arguments, not one");
        return Err(error(field, &why).with_remedy("write |made| and what it makes"));
    }
    // The hash FNV-1a, with the seed in the place of its offset.
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let seed = field.bytes().fold(seed, mix);
    Ok(Source::Made(moment::maker(home.clone(), closure, seed)?))
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
            let step = reader.positive("step")?.unwrap_or((high - low) / 50.0);
            Source::Signal(Signal::Walk { low, high, step })
        }
        "sine" => {
            let (low, high) = reader.range("sine")?;
            let period = reader.positive("period")?.unwrap_or(60.0);
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
        let mut found = WAYS.iter().filter(|(way, _)| self.map.contains_key(*way));
        let (way, beside) = match (found.next(), found.next()) {
            (Some(one), None) => *one,
            (Some((one, _)), Some((other, _))) => {
                let why = format!("`{one}` and `{other}` are two ways to make up values");
                return Err(self.error(&why).with_remedy("give one of them"));
            }
            (None, _) => return Err(self.no_way()),
        };
        match self.map.keys().find(|key| key.as_str() != way && key.as_str() != beside) {
            None => Ok(way),
            Some(stray) => {
                let failure = self.error(&format!("`{way}` knows no `{stray}`"));
                Err(match beside {
                    "" => failure.with_remedy(format!("give `{way}` alone")),
                    _ if nearest(stray, [beside]).is_some() => {
                        failure.with_remedy(format!("did you mean `{beside}`?"))
                    }
                    _ => failure.with_remedy(format!("only `{beside}` goes with `{way}`")),
                })
            }
        }
    }

    /// The error where no way is known.
    fn no_way(&self) -> Failure {
        let ways = WAYS.map(|(way, _)| way);
        let near = |key: &&str| nearest(key, ways);
        let keys = || self.map.keys().map(rhai::Identifier::as_str);
        let Some(stray) = keys().find(|key| near(key).is_some()).or(keys().next()) else {
            let failure = self.error("the map says no way to make up values");
            return failure.with_remedy(format!("give one of {}", ways.join(", ")));
        };
        let failure = self.error(&format!("`{stray}` is no way to make up values"));
        failure.with_remedy(match near(&stray) {
            Some(way) => format!("did you mean `{way}`?"),
            None => format!("give one of {}; a map itself as `constant`", ways.join(", ")),
        })
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

    fn positive(&self, key: &str) -> Result<Option<f64>, Failure> {
        match self.number(key)? {
            Some(number) if number <= 0.0 => {
                Err(self.error(&format!("`{key}` is {number}, not above 0")))
            }
            number => Ok(number),
        }
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
        error(self.field, why)
    }
}

fn error(field: &str, why: &str) -> Failure {
    Failure::new(Kind::Usage, format!("cannot make up field `{field}`: {why}"))
}

fn number(given: &Dynamic) -> Option<f64> {
    let number = given.as_float().ok().or_else(|| given.as_int().ok().map(|int| int as f64));
    number.filter(|number| number.is_finite())
}
