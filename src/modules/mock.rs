//! Sources of made-up SAL messages as scripts hold them.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use apache_avro::types::Value;
use rhai::{ImmutableString, Map};

use super::error::RhaiResultOf;
use super::value;
use crate::load::mock;

/// A cheap handle; copies go on together.
#[derive(Clone)]
pub struct Mock(Arc<Mutex<mock::Mock>>);

impl Mock {
    /// A handle to `mock`.
    pub fn new(mock: mock::Mock) -> Mock {
        Mock(Arc::new(Mutex::new(mock)))
    }

    /// The mock itself, which others ask, too.
    pub fn shared(&self) -> Arc<Mutex<mock::Mock>> {
        self.0.clone()
    }

    /// The next message, sent at `now_ms`, with what is given in `values`.
    pub fn next(&self, values: &[(String, Value)], now_ms: i64) -> RhaiResultOf<ImmutableString> {
        Ok(self.locked().text(now_ms.saturating_mul(1_000), values)?.into())
    }

    /// The next values, at `now_ms`, by field.
    pub fn values(&self, now_ms: i64) -> RhaiResultOf<Map> {
        let mut mock = self.locked();
        let values = mock.values(now_ms.saturating_mul(1_000))?;
        let named = mock.writer().fields().iter().zip(values);
        let named = named.map(|(field, made)| (field.name.as_str().into(), value::from_avro(made)));
        Ok(named.collect())
    }

    /// The SAL topic of the messages.
    pub fn topic(&self) -> ImmutableString {
        self.locked().writer().topic().into()
    }

    /// The Kafka topic of the messages.
    pub fn text_topic(&self) -> ImmutableString {
        self.locked().writer().channel().into()
    }

    fn locked(&self) -> MutexGuard<'_, mock::Mock> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mock({})", self.topic())
    }
}
