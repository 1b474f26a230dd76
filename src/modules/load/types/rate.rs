//! Rates as scripts give them.

use rhai::{Dynamic, Map};
use serde::Deserialize;

use crate::error::{Failure, Kind};
use crate::load::schedule::Rate;
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;
use crate::modules::type_word::a_type;

/// A number that a script gives as int or float.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Number {
    Int(i64),
    Float(f64),
}

impl From<Number> for f64 {
    fn from(number: Number) -> f64 {
        match number {
            Number::Int(int) => int as f64,
            Number::Float(float) => float,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ramp {
    ramp: (Number, Number),
    over: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Steps {
    steps: Vec<(Number, Number)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Burst {
    burst: u64,
    every: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Poisson {
    poisson: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replay {
    replay: Vec<Number>,
}

/// The rate that `given` is: a number of records a second, or a map.
pub fn rate(given: &Dynamic) -> RhaiResultOf<Rate> {
    let rate = match (given.as_int(), given.as_float(), given.read_lock::<Map>()) {
        (Ok(hertz), ..) => Rate::Constant(hertz as f64),
        (_, Ok(hertz), _) => Rate::Constant(hertz),
        (.., Some(map)) => of_map(map.clone())?,
        _ => {
            let found = a_type(given.type_name());
            return Err(wrong(format!("it is a number or a map, not {found}")).into());
        }
    };
    rate.check()?;
    Ok(rate)
}

fn of_map(map: Map) -> RhaiResultOf<Rate> {
    let is = |way: &str| map.contains_key(way);
    if is("ramp") {
        let Ramp { ramp: (from, to), over } = options("a ramp", map)?;
        return Ok(Rate::Ramp { from: from.into(), to: to.into(), over: over.into() });
    }
    if is("steps") {
        let Steps { steps } = options("steps", map)?;
        let steps = steps.into_iter().map(|(hertz, seconds)| (hertz.into(), seconds.into()));
        return Ok(Rate::Steps(steps.collect()));
    }
    if is("burst") {
        let Burst { burst, every } = options("a burst", map)?;
        return Ok(Rate::Burst { count: burst, every: every.into() });
    }
    if is("poisson") {
        let Poisson { poisson } = options("a Poisson process", map)?;
        return Ok(Rate::Poisson(poisson.into()));
    }
    if is("replay") {
        let Replay { replay } = options("a replay", map)?;
        return Ok(Rate::Replay(replay.into_iter().map(Into::into).collect()));
    }
    Err(wrong("the map has no way to pace records".to_owned()).into())
}

fn wrong(why: String) -> Failure {
    Failure::new(Kind::Usage, format!("cannot keep the rate: {why}")).with_remedy(
        "give a number of records a second, or a map with ramp and over, steps, burst and every, \
         poisson, or replay",
    )
}
