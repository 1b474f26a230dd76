//! The producer that everybody sends through, which can be replaced.

use std::mem::replace;
use std::sync::{Arc, PoisonError, RwLock};

use rdkafka::config::ClientConfig;
use rdkafka::error::KafkaResult;
use rdkafka::producer::{Producer as _, ThreadedProducer};

use crate::stream::engine::sink::Reports;

/// A producer with its own polling thread.
pub type Producer = ThreadedProducer<Reports>;

/// The producer of one pipeline. Clones share it.
#[derive(Clone)]
pub struct Outlet {
    config: ClientConfig,
    producer: Arc<RwLock<Arc<Producer>>>,
}

impl Outlet {
    /// A producer as `config` says, whose delivery reports go to `reports`.
    pub fn new(config: ClientConfig, reports: Reports) -> KafkaResult<Outlet> {
        let producer = Arc::new(config.create_with_context(reports)?);
        Ok(Outlet { config, producer: Arc::new(RwLock::new(producer)) })
    }

    /// The producer of now.
    pub fn producer(&self) -> Arc<Producer> {
        self.producer.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a new producer in place of the one of now, which is returned.
    pub fn renew(&self) -> KafkaResult<Arc<Producer>> {
        let reports = self.producer().client().context().as_ref().clone();
        let new = Arc::new(self.config.create_with_context(reports)?);
        Ok(replace(&mut *self.producer.write().unwrap_or_else(PoisonError::into_inner), new))
    }
}
