//! Made-up records: a schema is compiled once into a plan, which then writes record after record as
//! Avro, drawn from a seed.

mod choice;
mod compile;
mod finite;
mod moment;
mod part;
mod rules;
mod signal;
mod units;
mod write;

use std::collections::HashMap;

use apache_avro::types::Value;
use fastrand::Rng;

pub use self::choice::{Make, Source};
use self::compile::Compiler;
pub use self::moment::Moment;
use self::part::Plan;
use self::rules::About;
pub use self::signal::Signal;
pub use self::units::of_unit;
use self::write::Writing;
use super::LoadError;
use crate::formats::avro::{Schema, decode};

/// How records are made up.
#[derive(Default)]
pub struct Options {
    /// Where the chance starts: equal seeds make equal records.
    pub seed: u64,
    /// Where the values of some fields come from, by the path of the field (`position.x`).
    pub fields: HashMap<String, Source>,
    /// Whether the records become SAL text: numbers that move have six decimals, as SAL writes them,
    /// and nothing is null, for which SAL has no word.
    pub for_text: bool,
}

/// Makes up records of one schema.
pub struct Generator {
    schema: Schema,
    plan: Plan,
    rng: Rng,
    made: u64,
    for_text: bool,
    buffer: Vec<u8>,
}

impl Generator {
    /// A generator for `schema`. Numbers move as their unit says (`units` or `sal_units`), stamps
    /// are the time of the record, sequence numbers count; an array has as many items as
    /// `sal_count` says or its default has.
    ///
    /// Errors: a source for a field that there is not, or whose values do not fit it; a schema that
    /// contains itself without end.
    pub fn compile(schema: &Schema, options: Options) -> Result<Generator, LoadError> {
        let mut rng = Rng::with_seed(options.seed);
        let Options { fields, for_text, .. } = options;
        let plan = Compiler::new(schema, About::of(schema), &mut rng, fields).compile()?;
        if !finite::finite(&plan) {
            let why = "it contains itself without end".to_owned();
            return Err(LoadError::Schema { name: schema.name().to_owned(), why });
        }
        Ok(Generator { schema: schema.clone(), plan, rng, made: 0, for_text, buffer: Vec::new() })
    }

    /// The schema of the records.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Appends the next record as Avro, made at `now_us` (UTC microseconds since 1970).
    pub fn write(&mut self, now_us: i64, out: &mut Vec<u8>) -> Result<(), LoadError> {
        self.made += 1;
        let mut writing = Writing {
            schema: &self.schema,
            parts: &self.plan.parts,
            voices: &mut self.plan.voices,
            makers: &mut self.plan.makers,
            rng: &mut self.rng,
            moment: Moment { now_us, sequence: self.made },
            for_text: self.for_text,
            out,
        };
        writing.part(self.plan.root, 0)
    }

    /// The next record as a plain value, made at `now_us`.
    pub fn value(&mut self, now_us: i64) -> Result<Value, LoadError> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let value = self
            .write(now_us, &mut buffer)
            .and_then(|()| decode(&self.schema, &buffer).map_err(LoadError::from));
        self.buffer = buffer;
        value
    }
}
