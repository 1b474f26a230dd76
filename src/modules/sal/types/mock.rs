//! Sources of made-up messages as scripts hold them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{Dynamic, ImmutableString};
use serde::Deserialize;

use super::scale::Scale;
use super::schema;
use crate::formats::sal::mock;
use crate::formats::sal::text::TimeScale;
use crate::modules::error::RhaiResultOf;

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
}

/// A source of messages of the topic of `given`.
pub fn mock(given: &Dynamic, options: &MockOptions) -> RhaiResultOf<Mock> {
    let schema = schema::of(given)?;
    let fields = schema.json().get("fields").and_then(serde_json::Value::as_array);
    let has = |name: &str| {
        let named = |field: &serde_json::Value| field.get("name").is_some_and(|own| own == name);
        fields.is_some_and(|fields| fields.iter().any(named))
    };
    let modern = if has("private_sndStamp") { TimeScale::Tai } else { TimeScale::Utc };
    let indexed = schema::indexed(given).unwrap_or_else(|| has("salIndex"));
    let made = mock::Mock::new(
        &schema,
        options.seed.unwrap_or(1) as u64,
        options.index.or(indexed.then_some(1)),
        options.time.map_or(modern, TimeScale::from),
    )?;
    Ok(Mock(Arc::new(Mutex::new(made))))
}

impl Mock {
    /// The next message, sent at `now_ms`.
    pub fn next(&self, now_ms: i64) -> RhaiResultOf<ImmutableString> {
        let mut mock = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(mock.text(now_ms)?.into())
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
