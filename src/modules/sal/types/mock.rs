//! How a script describes made-up messages.

use rhai::{Dynamic, NativeCallContext};
use serde::Deserialize;

use super::scale::Scale;
use super::schema;
use crate::error::{Failure, Kind};
use crate::formats::sal::text::TimeScale;
use crate::load::generator;
use crate::load::mock::{self, Values};
use crate::modules::error::RhaiResultOf;
use crate::modules::made::Fields;
use crate::modules::mock::Mock;

/// The options of `sal::mock`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MockOptions {
    seed: Option<i64>,
    index: Option<i64>,
    time: Option<Scale>,
    any: bool,
    fields: Option<Fields>,
}

/// A source of messages of the topic of `given`, whose closures are those of the script that makes
/// `call`.
pub fn mock(call: &NativeCallContext, given: &Dynamic, options: MockOptions) -> RhaiResultOf<Mock> {
    let seed = options.seed.unwrap_or(1) as u64;
    let values = match options.fields {
        Some(_) if options.any => {
            let why = "cannot make up messages: `any` leaves no choice of `fields`";
            return Err(Failure::new(Kind::Usage, why).with_remedy("give one of them").into());
        }
        None if options.any => Values::Any(seed, schema::types(given)),
        fields => {
            let fields = fields.unwrap_or_default().sources(call, seed)?;
            Values::Made(generator::Options { seed, fields, ..generator::Options::default() })
        }
    };
    let index = options.index.or(schema::indexed(given).unwrap_or(false).then_some(1));
    let time = options.time.map(TimeScale::from);
    Ok(Mock::new(mock::Mock::new(&schema::of(given)?, values, index, time)?))
}
