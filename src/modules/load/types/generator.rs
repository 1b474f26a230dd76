//! Generators as scripts hold them, and where the values of a field come from.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{Blob, Dynamic, NativeCallContext};
use serde::Deserialize;

use crate::formats::clock;
use crate::load::generator::{self, Options};
use crate::modules::error::RhaiResultOf;
use crate::modules::made::Fields;
use crate::modules::{schema, value};

/// A cheap handle; copies go on together.
#[derive(Clone)]
pub struct Generator(Arc<Mutex<generator::Generator>>);

/// The options of `load::generator`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GeneratorOptions {
    seed: Option<i64>,
    fields: Fields,
}

/// A generator for the schema in `given`, whose closures are those of the script that makes `call`.
pub fn generator(
    call: &NativeCallContext,
    given: &Dynamic,
    options: GeneratorOptions,
) -> RhaiResultOf<Generator> {
    let seed = options.seed.unwrap_or(1) as u64;
    let fields = options.fields.sources(call, seed)?;
    let options = Options { seed, fields, ..Options::default() };
    let made = generator::Generator::compile(&schema::schema(given)?, options)?;
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

    /// The generator itself, from which others draw, too.
    pub fn shared(&self) -> Arc<Mutex<generator::Generator>> {
        self.0.clone()
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
