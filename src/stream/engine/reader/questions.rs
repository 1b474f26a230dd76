//! What is asked about a group before its records are read.
//!
//! A client of its own asks, which is no member of the group: it can be waited for as long as a
//! coordinator takes, and left alone where the pipeline is stopped meanwhile.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaResult;
use rdkafka::{ClientConfig, TopicPartitionList};

use super::consumer::PATIENCE;
use crate::clients::kafka::Reporter;
use crate::context::Context;
use crate::error::{Explain, Kind};
use crate::stream::StreamError;
use crate::stream::engine::ask::{LONGEST, blocking};

type Client = BaseConsumer<Reporter>;

/// Asks about the group that `config` names, until the run is stopped.
pub struct Questions {
    context: Context,
    config: ClientConfig,
    group: String,
}

impl Questions {
    /// Questions about `group`, asked as `config` configures a member of it.
    pub fn new(context: Context, config: ClientConfig, group: &str) -> Questions {
        Questions { context, config, group: group.to_owned() }
    }

    /// Whether the run is stopped: no question gets an answer any more.
    pub fn are_over(&self) -> bool {
        self.context.cancel().is_cancelled()
    }

    /// What the group committed for `places`. An error of one place is one of all.
    pub fn committed(&self, places: TopicPartitionList) -> Result<TopicPartitionList, StreamError> {
        let attempt = format!("read the offsets of group `{}`", self.group);
        let asked = move |client: &Client| client.committed_offsets(places, LONGEST);
        let committed = self.ask(&attempt, asked)?;
        for place in committed.elements() {
            place.error().map_err(|error| StreamError::refused(&attempt, &error))?;
        }
        Ok(committed)
    }

    /// Of each of `places`, in their order, the first offset and the one behind the last.
    pub fn bounds(&self, places: TopicPartitionList) -> Result<Vec<(i64, i64)>, StreamError> {
        let attempt = format!("find where group `{}` starts", self.group);
        self.ask(&attempt, move |client| {
            let places = places.elements();
            let bounds = places
                .iter()
                .map(|at| client.fetch_watermarks(at.topic(), at.partition(), PATIENCE));
            bounds.collect()
        })
    }

    fn ask<T: Send + 'static>(
        &self,
        attempt: &str,
        question: impl FnOnce(&Client) -> KafkaResult<T> + Send + 'static,
    ) -> Result<T, StreamError> {
        let reporter = Reporter::of(&self.context);
        let client = self.config.create_with_context(reporter.clone());
        let client: Arc<Client> =
            Arc::new(client.map_err(|error| StreamError::refused(attempt, &error))?);
        let asked = client.clone();
        let look = || look(&client, &reporter, attempt);
        let answer = blocking(&self.context, attempt, look, move || question(&asked));
        // Closing it may wait for brokers; without a thread it waits here.
        let _ = thread::Builder::new().name("kafka release".into()).spawn(move || drop(client));
        answer
    }
}

/// Serves what librdkafka has to say, and tells an error that waiting does not mend: while a group may
/// not be read, librdkafka looks for its coordinator again and again.
fn look(client: &Client, reporter: &Reporter, attempt: &str) -> Result<(), StreamError> {
    while let Some(said) = client.poll(Duration::ZERO) {
        let Err(error) = said else { continue };
        let error = StreamError::refused(attempt, &error);
        if error.kind() == Kind::Denied {
            return Err(error);
        }
    }
    reporter.hopeless(attempt).map_or(Ok(()), |error| Err(error.into()))
}
