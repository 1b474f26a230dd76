//! What all threads of a pipeline have in common.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use super::delivery::{self, Promise};
use super::ledger::desk::{Desk, Shared};
use super::metrics::meter::Meter;
use super::sink::Sink;
use super::worker::dead_letter::{Origin, run_id};
use super::worker::storm::Storm;
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::stream::{Options, Pipeline, StreamError, Summary};

/// What all threads of a pipeline have in common.
pub struct Common {
    pub options: Options,
    /// The run is being stopped, from outside.
    pub stop: CancellationToken,
    /// The pipeline is ending, for whatever reason.
    pub halt: CancellationToken,
    pub desk: Shared,
    pub promise: Arc<dyn Promise>,
    pub sink: Arc<Sink>,
    pub meter: Option<Meter>,
    pub origin: Origin,
    storm: Mutex<Storm>,
    /// The counts as they were at the last commit that can be taken back to.
    kept: Mutex<(Summary, Storm)>,
}

impl Common {
    /// Makes the producer, and checks that dead letters can be written.
    pub fn start(
        context: &Context,
        pipeline: &Pipeline<'_>,
        workers: usize,
        stop: &CancellationToken,
    ) -> Result<Common, StreamError> {
        let options = pipeline.options.clone();
        let desk = Desk::new(workers);
        let promise = delivery::of(&options, pipeline.task)?;
        let prefix = options.metrics.as_deref();
        let meter = prefix.map(|prefix| Meter::start(context, prefix)).transpose()?;
        let reports = (desk.clone(), meter.clone());
        let sink = Arc::new(Sink::start(context, &*promise, &pipeline.topics, reports)?);
        if let Some(topic) = &options.dead_letters {
            sink.require(topic, &options.group)?;
        }
        promise.start(&sink, stop)?;
        let origin = Origin {
            group: options.group.clone(),
            task: pipeline.task,
            script: pipeline.script.clone(),
            run: run_id(context)?,
        };
        let (storm, kept) = (Storm::new(&options), Storm::new(&options));
        let (storm, kept) = (Mutex::new(storm), Mutex::new((Summary::default(), kept)));
        // A stop is seen by all who wait for the end.
        let (stop, halt) = (stop.clone(), stop.child_token());
        Ok(Common { options, stop, halt, desk, promise, sink, meter, origin, storm, kept })
    }

    /// The count of dead letters.
    pub fn storm(&self) -> MutexGuard<'_, Storm> {
        self.storm.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Common {
    /// Remembers what was counted up to a commit.
    pub fn keep(&self) {
        let counts = (self.desk.lock().counts, self.storm().clone());
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = counts;
    }

    /// Goes back to what was counted up to the last commit.
    pub fn take_back(&self) {
        let (summary, storm) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.desk.lock().counts = summary;
        self.storm().take_back(storm);
    }
}

/// Why a record is left for the next run.
pub fn stopped() -> StreamError {
    Failure::new(Kind::Cancelled, "the pipeline was stopped in the middle of a record").into()
}
