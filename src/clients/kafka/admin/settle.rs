//! Waiting until the brokers know what their controller has decided.

use std::thread;
use std::time::{Duration, Instant};

use rdkafka::consumer::Consumer;
use rdkafka::metadata::MetadataTopic;

use super::Admin;
use crate::clients::kafka::KafkaError;
use crate::context::Context;

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(20);

impl Admin {
    /// Waits until the topic `name`, which was just created or grown, has leaders for `count`
    /// partitions: the controller says yes a little before the brokers know of it. That they never
    /// hear of it is no error, for the change is made.
    pub(super) fn await_topic(
        &self,
        context: &Context,
        (name, count): (&str, usize),
        timeout: Duration,
    ) -> Result<(), KafkaError> {
        let attempt = format!("wait for topic `{name}`");
        let topic = name.to_owned();
        let until = Instant::now() + timeout;
        let asked = self.probe()?.ask(context, (&attempt, timeout), move |client| {
            loop {
                // By name: the topic exists, so that asking cannot create it.
                let metadata = client.fetch_metadata(Some(&topic), timeout)?;
                let led = metadata.topics().iter().flat_map(MetadataTopic::partitions);
                let led = led.filter(|partition| partition.leader() >= 0).count();
                if led >= count || Instant::now() + PAUSE > until {
                    return Ok(());
                }
                thread::sleep(PAUSE);
            }
        });
        match asked {
            Err(error @ KafkaError::Stopped { .. }) => Err(error),
            _ => Ok(()),
        }
    }
}
