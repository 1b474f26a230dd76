//! How an experiment runs.

use std::time::Duration;

use crate::clients::kafka::ProducerOptions;
use crate::load::LoadError;

/// Everything about an experiment but what it sends.
#[derive(Debug, Clone)]
pub struct Options {
    /// What it is called, in the identities of its producers.
    pub name: String,
    /// Nothing is due any more after so long.
    pub duration: Option<Duration>,
    /// The most records that are sent.
    pub max: Option<u64>,
    /// The start of all chance.
    pub seed: u64,
    /// Which of the topics are this process's.
    pub slice: Slice,
    /// How long the end waits: for what is late, and for acknowledgements.
    pub drain: Duration,
    /// The prefix of the Prometheus metrics; none for no metrics.
    pub metrics: Option<String>,
    /// How its producer is configured.
    pub producer: ProducerOptions,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            name: "experiment".to_owned(),
            duration: None,
            max: None,
            seed: 1,
            slice: Slice::default(),
            drain: Duration::from_secs(35),
            metrics: None,
            producer: ProducerOptions::default(),
        }
    }
}

/// One of several processes that share the topics: that of number `id` has the topics `id`,
/// `id + count`, `id + 2 count`, …, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    id: usize,
    count: usize,
}

impl Default for Slice {
    fn default() -> Slice {
        Slice { id: 0, count: 1 }
    }
}

impl Slice {
    /// The process `id` (from 0) of `count`; the error says why there is no such.
    pub fn new(id: usize, count: usize) -> Result<Slice, LoadError> {
        if id < count {
            return Ok(Slice { id, count });
        }
        let why = format!("of {count} producers there is none with the id {id}: ids count from 0");
        Err(LoadError::Experiment(why))
    }

    /// The number of this process.
    pub fn id(&self) -> usize {
        self.id
    }

    /// Whether the topic at `place` is this process's.
    pub fn has(&self, place: usize) -> bool {
        place % self.count == self.id
    }
}
