//! What each stage of a pipeline costs, for Prometheus.

use std::time::{Duration, Instant};

use prometheus::Counter;

use crate::context::Context;
use crate::error::Failure;
use crate::serve::metrics;

/// How long figures are kept back at most: what several threads add to, none adds to for each
/// record.
const KEPT: Duration = Duration::from_millis(20);

/// The costs of one worker's stages.
pub struct Costs {
    stages: Vec<Cost>,
    reported: Instant,
}

struct Cost {
    seconds: Counter,
    records: Counter,
    spent: Duration,
    entered: usize,
}

impl Costs {
    /// Finds or registers the metrics of the stages of `pipeline`; of stages with one name the
    /// second is `map#2`.
    pub fn start<'s>(
        context: &Context,
        pipeline: &str,
        stages: impl Iterator<Item = &'s str>,
    ) -> Result<Costs, Failure> {
        let counters = |name, help| metrics::counters(context, name, help, &["pipeline", "stage"]);
        let seconds = counters("kafkaefd_stage_seconds_total", "Time that a stage took")?;
        let records = counters("kafkaefd_stage_records_total", "Records that entered a stage")?;
        let mut names: Vec<&str> = Vec::new();
        let cost = |name: &'s str| {
            names.push(name);
            let label = match names.iter().filter(|other| **other == name).count() {
                1 => name.to_owned(),
                count => format!("{name}#{count}"),
            };
            let labels = [pipeline, &label];
            Cost {
                seconds: seconds.with_label_values(&labels),
                records: records.with_label_values(&labels),
                spent: Duration::ZERO,
                entered: 0,
            }
        };
        Ok(Costs { stages: stages.map(cost).collect(), reported: Instant::now() })
    }

    /// `entered` records passed the stage at `index`, from `since` until now, which is returned.
    pub fn add(&mut self, index: usize, entered: usize, since: Instant) -> Instant {
        let now = Instant::now();
        if let Some(cost) = self.stages.get_mut(index) {
            cost.spent += now - since;
            cost.entered += entered;
        }
        if now - self.reported >= KEPT {
            self.report();
            self.reported = now;
        }
        now
    }

    /// Shows the figures that were kept back.
    pub fn report(&mut self) {
        for cost in &mut self.stages {
            cost.seconds.inc_by(std::mem::take(&mut cost.spent).as_secs_f64());
            cost.records.inc_by(std::mem::take(&mut cost.entered) as f64);
        }
    }
}

impl Drop for Costs {
    fn drop(&mut self) {
        self.report();
    }
}
