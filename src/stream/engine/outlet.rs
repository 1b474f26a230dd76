//! The producer that everybody sends through, which can be replaced.

use std::mem::replace;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use rdkafka::config::ClientConfig;
use rdkafka::error::KafkaResult;
use rdkafka::producer::{Producer as _, ThreadedProducer};

use crate::stream::engine::sink::Reports;

/// The property for the most bytes of a batch, and its default.
const BATCH: &str = "batch.size";
const USUAL: usize = 1_000_000;

/// A producer with its own polling thread.
pub type Producer = ThreadedProducer<Reports>;

/// The producer of one pipeline. Clones share it.
#[derive(Clone)]
pub struct Outlet {
    config: ClientConfig,
    /// The most bytes of a batch of several records.
    batch: Arc<AtomicUsize>,
    producer: Arc<RwLock<Arc<Producer>>>,
}

impl Outlet {
    /// A producer as `config` says, whose delivery reports go to `reports`.
    pub fn new(config: ClientConfig, reports: Reports) -> KafkaResult<Outlet> {
        let producer = Arc::new(config.create_with_context(reports)?);
        let batch = config.get(BATCH).and_then(|bytes| bytes.parse().ok()).unwrap_or(USUAL);
        let batch = Arc::new(AtomicUsize::new(batch));
        Ok(Outlet { config, batch, producer: Arc::new(RwLock::new(producer)) })
    }

    /// The most bytes of a batch of several records.
    pub fn batch(&self) -> usize {
        self.batch.load(Ordering::Relaxed)
    }

    /// The producer of now.
    pub fn producer(&self) -> Arc<Producer> {
        self.producer.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The next producer's batches of several records have at most `bytes`.
    pub fn limit_batches(&self, bytes: usize) {
        self.batch.store(bytes, Ordering::Relaxed);
        tracing::info!("batches of several records have at most {bytes} bytes from now on");
    }

    /// Puts a new producer in place of the one of now, which is returned.
    pub fn renew(&self) -> KafkaResult<Arc<Producer>> {
        let reports = self.producer().client().context().as_ref().clone();
        let mut config = self.config.clone();
        config.set(BATCH, self.batch().to_string());
        let new = Arc::new(config.create_with_context(reports)?);
        Ok(replace(&mut *self.producer.write().unwrap_or_else(PoisonError::into_inner), new))
    }
}
