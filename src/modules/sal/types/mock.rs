//! Sources of made-up messages as scripts hold them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{Dynamic, ImmutableString, Map};
use serde::Deserialize;

use super::scale::Scale;
use super::{schema, text};
use crate::formats::sal::mock;
use crate::formats::sal::text::TimeScale;
use crate::modules::error::RhaiResultOf;
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
}

/// A source of messages of the topic of `given`.
pub fn mock(given: &Dynamic, options: &MockOptions) -> RhaiResultOf<Mock> {
    let made = mock::Mock::new(
        &schema::of(given)?,
        mock::Options {
            seed: options.seed.unwrap_or(1) as u64,
            index: options.index.or(schema::indexed(given).unwrap_or(false).then_some(1)),
            time: options.time.map(TimeScale::from),
            any: options.any,
            types: schema::types(given),
        },
    )?;
    Ok(Mock(Arc::new(Mutex::new(made))))
}

impl Mock {
    /// The next message, sent at `now_ms`, with what is given in `values`.
    pub fn next(&self, values: Map, now_ms: i64) -> RhaiResultOf<ImmutableString> {
        let mut mock = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(mock.text(now_ms, &text::plain(values))?.into())
    }

    /// The next values, at `now_ms`, by field.
    pub fn values(&self, now_ms: i64) -> Map {
        let mut mock = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let values = mock.values(now_ms);
        let named = mock.writer().fields().iter().zip(values);
        named.map(|(field, made)| (field.name.as_str().into(), value::from_avro(made))).collect()
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
