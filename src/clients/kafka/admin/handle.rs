//! The administration client of a run.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rdkafka::admin::AdminClient;

use crate::clients::kafka::config::{client_config, refused};
use crate::clients::kafka::probe::Probe;
use crate::clients::kafka::release::release;
use crate::clients::kafka::reporter::Reporter;
use crate::context::Context;
use crate::error::Failure;

/// Administration of the cluster of one run. Each call awaits its answer at most `timeout`.
pub struct Admin {
    pub(super) brokers: String,
    probe: Option<Probe>,
    writer: OnceLock<AdminClient<Reporter>>,
}

impl Admin {
    /// The administration client of the run; connects when it is first asked something.
    ///
    /// Fails where no broker is configured, or a librdkafka property of the settings is wrong.
    pub fn of(context: &Context) -> Result<Arc<Admin>, Failure> {
        // Asked for first: finding the brokers may start a server, and must not hold the lock of
        // the run's resources meanwhile.
        let brokers = context.endpoints()?.broker()?.to_owned();
        context.resource(|| {
            let probe = Some(Probe::new(context)?);
            Ok(Admin { brokers, probe, writer: OnceLock::new() })
        })
    }

    /// The connection for questions.
    pub(in crate::clients::kafka) fn probe(&self) -> Result<&Probe, Failure> {
        self.probe.as_ref().ok_or_else(|| {
            let reason = "the run is over".to_owned();
            let attempt = "ask Kafka".to_owned();
            crate::clients::kafka::KafkaError::Client { attempt, reason }.into()
        })
    }

    /// The connection for changes: a second one, since librdkafka binds it to its own queue.
    pub(super) fn writer(&self, context: &Context) -> Result<&AdminClient<Reporter>, Failure> {
        if let Some(writer) = self.writer.get() {
            return Ok(writer);
        }
        let writer = client_config(context)?
            .create_with_context(Reporter::of(context))
            .map_err(|error| refused("administer Kafka", &error))?;
        Ok(self.writer.get_or_init(|| writer))
    }
}

impl Drop for Admin {
    fn drop(&mut self) {
        let (probe, writer) = (self.probe.take(), self.writer.take());
        release(Duration::from_millis(300), move || drop((probe.map(Probe::into_client), writer)));
    }
}
