//! What the closure of a field is told of the record that it makes a value for.

use std::sync::{Arc, Mutex, PoisonError};

use fastrand::Rng;
use rhai::{Dynamic, FnPtr};

use super::captured;
use super::error::{failure, root};
use super::functions::Home;
use super::value::to_avro;
use crate::error::Failure;
use crate::load::generator::Make;

/// The record that is being made.
#[derive(Clone)]
pub struct Moment {
    /// Its number, from 1.
    pub number: i64,
    /// Its time, in milliseconds since 1970.
    pub time: i64,
    /// What the closure made for the record before; `()` for the first.
    pub last: Dynamic,
    chance: Arc<Mutex<Rng>>,
}

impl Moment {
    /// A number from 0 up to, not including, 1.
    pub fn random(&self) -> f64 {
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).f64()
    }
}

/// Asks a copy of `closure` at `home` for each value. An error says that its captures cannot be
/// copied.
pub fn maker(home: Home, closure: &FnPtr, seed: u64) -> Result<Make, Failure> {
    let closure = captured::copied(closure)?;
    let chance = Arc::new(Mutex::new(Rng::with_seed(seed)));
    let mut last = Dynamic::UNIT;
    Ok(Box::new(move |moment| {
        let told = Moment {
            number: i64::try_from(moment.sequence).unwrap_or(i64::MAX),
            time: moment.now_us.div_euclid(1_000),
            last: last.clone(),
            chance: chance.clone(),
        };
        let made = closure.call::<Dynamic>(&home.engine, &home.functions, (told,));
        last = made.map_err(|error| failure(root(&error)))?.flatten();
        Ok(to_avro(&last))
    }))
}
