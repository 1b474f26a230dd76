//! Sources of made-up messages as scripts hold them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{Dynamic, ImmutableString, Map, NativeCallContext};
use serde::Deserialize;

use super::scale::Scale;
use super::{schema, text};
use crate::error::{Failure, Kind};
use crate::formats::sal::text::TimeScale;
use crate::load::generator;
use crate::load::mock::{self, Values};
use crate::modules::error::RhaiResultOf;
use crate::modules::made::Fields;
use crate::modules::value;

/// A cheap handle; copies go on together.
#[derive(Clone)]
pub struct Mock(Arc<Mutex<mock::Mock>>);

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
    Ok(Mock(Arc::new(Mutex::new(mock::Mock::new(&schema::of(given)?, values, index, time)?))))
}

impl Mock {
    /// The next message, sent at `now_ms`, with what is given in `values`.
    pub fn next(&self, values: Map, now_ms: i64) -> RhaiResultOf<ImmutableString> {
        let mut mock = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(mock.text(now_ms.saturating_mul(1_000), &text::plain(values))?.into())
    }

    /// The next values, at `now_ms`, by field.
    pub fn values(&self, now_ms: i64) -> RhaiResultOf<Map> {
        let mut mock = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let values = mock.values(now_ms.saturating_mul(1_000))?;
        let named = mock.writer().fields().iter().zip(values);
        let named = named.map(|(field, made)| (field.name.as_str().into(), value::from_avro(made)));
        Ok(named.collect())
    }

    pub fn topic(&self) -> ImmutableString {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).writer().topic().into()
    }

    pub fn text_topic(&self) -> ImmutableString {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).writer().channel().into()
    }
}

impl fmt::Display for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mock({})", self.topic())
    }
}
