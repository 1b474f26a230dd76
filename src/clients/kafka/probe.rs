//! A connection that only asks: metadata, watermarks, offsets.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaResult;

use super::config::{client_config, refused};
use super::reporter::Reporter;
use super::wait::Wait;
use crate::context::Context;
use crate::error::Failure;

/// What a question is asked of. It belongs to no group and reads no records.
pub type Asked = BaseConsumer<Reporter>;

/// A connection for questions.
pub struct Probe {
    client: Arc<Asked>,
    reporter: Reporter,
}

impl Probe {
    /// A connection to the brokers of the run; it is made when the first question comes.
    pub fn new(context: &Context) -> Result<Probe, Failure> {
        let reporter = Reporter::of(context);
        let client = client_config(context)?
            .create_with_context(reporter.clone())
            .map_err(|error| refused("connect to Kafka", &error))?;
        Ok(Probe { client: Arc::new(client), reporter })
    }

    /// The answer to `question`, awaited at most `timeout`.
    pub fn ask<T: Send + 'static>(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
        question: impl FnOnce(&Asked) -> KafkaResult<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let wait = Wait::new(context, attempt, timeout, &self.reporter);
        let client = self.client.clone();
        Ok(wait.blocking(|| self.listen(), move || question(&client))?)
    }

    /// Hands what librdkafka has to say to the reporter.
    fn listen(&self) {
        for _ in 0..100 {
            if self.client.poll(Duration::ZERO).is_none() {
                break;
            }
        }
    }

    /// The librdkafka client, for the one that closes it.
    pub fn into_client(self) -> Arc<Asked> {
        self.client
    }
}

/// The id of the cluster's controller, where the cluster tells.
pub fn controller(client: &Asked, timeout: Duration) -> Option<i32> {
    super::sys::controller(client.client(), timeout)
}
