//! The connection for questions and for administration.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext};
use rdkafka::error::KafkaResult;
use rdkafka::types::RDKafkaErrorCode as Code;

use super::KafkaError;
use super::config::{client_config, refused};
use super::reporter::Reporter;
use super::sys::{self, Refusal, Request};
use super::wait::Wait;
use crate::context::Context;
use crate::error::Failure;
use crate::settings::EMBEDDED_CLUSTER_ID;

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
    ) -> Result<T, KafkaError> {
        let wait = Wait::new(context, attempt, timeout, &self.reporter);
        let client = self.client.clone();
        wait.blocking(|| self.listen(), move || question(&client))
    }

    /// The answers to `requests`, in their order, all awaited at once and together at most
    /// `timeout`.
    pub fn request<R: Request>(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
        requests: &[R],
    ) -> Result<Vec<Result<R::Answer, KafkaError>>, KafkaError> {
        let wait = Wait::new(context, attempt, timeout, &self.reporter);
        let answers = sys::run(self.client.client(), requests, &wait, || self.listen())?;
        let answers = answers.into_iter().map(|answer| match answer {
            Ok(answer) => {
                self.reporter.well();
                Ok(answer)
            }
            Err(Refusal { code: Code::UnsupportedFeature | Code::UnsupportedVersion, .. }) => {
                Err(self.unsupported(attempt, R::LACK))
            }
            Err(refusal) => {
                self.listen(); // the log may tell why
                Err(wait.refusal(refusal))
            }
        });
        Ok(answers.collect())
    }

    /// The answer to `request`, awaited at most `timeout`.
    pub fn request_one<R: Request>(
        &self,
        context: &Context,
        (attempt, timeout): (&str, Duration),
        request: R,
    ) -> Result<R::Answer, KafkaError> {
        let mut answers = self.request(context, (attempt, timeout), &[request])?;
        answers
            .pop()
            .unwrap_or_else(|| Err(KafkaError::TimedOut { attempt: attempt.to_owned(), timeout }))
    }

    /// The error of `attempt` at a broker that has no `lack` ("ACLs").
    pub fn unsupported(&self, attempt: &str, lack: &'static str) -> KafkaError {
        // Answers from what is known: there is a connection, else nothing could be unsupported.
        let cluster = self.client.client().fetch_cluster_id(Duration::ZERO);
        let embedded = cluster.as_deref() == Some(EMBEDDED_CLUSTER_ID);
        KafkaError::Unsupported { attempt: attempt.to_owned(), lack, embedded }
    }

    /// Hands what librdkafka has to say to the reporter.
    fn listen(&self) {
        listen(&self.client);
    }

    /// The librdkafka client, for the one that closes it.
    pub fn into_client(self) -> Arc<Asked> {
        self.client
    }
}

/// Serves what librdkafka has to say to or asks of the context of `client`, such as the first token
/// of OAUTHBEARER. `client` reads no records yet: they would be lost.
pub fn listen<C: ConsumerContext>(client: &BaseConsumer<C>) {
    for _ in 0..100 {
        if client.poll(Duration::ZERO).is_none() {
            break;
        }
    }
}
