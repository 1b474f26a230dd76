//! The administration client of a run.

use std::sync::Arc;
use std::time::Duration;

use crate::clients::kafka::KafkaError;
use crate::clients::kafka::probe::Probe;
use crate::clients::kafka::release::release;
use crate::context::Context;
use crate::error::Failure;

/// Administration of the cluster of one run. Each call awaits its answer at most `timeout`.
pub struct Admin {
    pub(super) brokers: String,
    probe: Option<Probe>,
}

impl Admin {
    /// The administration client of the run; connects when it is first asked something.
    ///
    /// Fails where no broker is configured, or a librdkafka property of the settings is wrong.
    pub fn of(context: &Context) -> Result<Arc<Admin>, Failure> {
        // Asked for first: finding the brokers may start a server, and must not hold the lock of
        // the run's resources meanwhile.
        let brokers = context.endpoints()?.broker()?.to_owned();
        context.resource(|| Ok(Admin { brokers, probe: Some(Probe::new(context)?) }))
    }

    /// The connection to the brokers.
    pub(in crate::clients::kafka) fn probe(&self) -> Result<&Probe, KafkaError> {
        self.probe.as_ref().ok_or_else(|| {
            let reason = "the run is over".to_owned();
            KafkaError::Client { attempt: "ask Kafka".to_owned(), reason }
        })
    }
}

impl Drop for Admin {
    fn drop(&mut self) {
        let probe = self.probe.take();
        release(Duration::from_millis(300), move || drop(probe.map(Probe::into_client)));
    }
}
