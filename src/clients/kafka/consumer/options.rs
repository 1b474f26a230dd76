//! What a consumer reads: from where, until when, for which group.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::config::ClientConfig;

use crate::clients::kafka::KafkaError;
use crate::clients::kafka::config::{add_script_properties, beat_often_if_embedded, client_config};
use crate::context::Context;
use crate::error::Failure;

/// Where reading starts in each partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At the first record that is kept.
    Earliest,
    /// After the last record there is when the consumer is made.
    Latest,
    /// At an offset; a negative one counts back from the end.
    Offset(i64),
    /// At the first record that is not older, in milliseconds since 1970 (UTC).
    Time(i64),
    /// Where the group left off; at the earliest record where it has not been.
    Committed,
}

/// Where reading ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// At the last record there is when the consumer is made.
    End,
    /// Before this offset; a negative one counts back from the end. A partition that has not come
    /// to it yet is waited for.
    Offset(i64),
    /// At the first record that is not older, in milliseconds since 1970 (UTC); in the future:
    /// when the clock says so.
    Time(i64),
}

/// Options of a consumer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsumerOptions {
    /// The group whose offsets are followed and committed; none to read alone, leaving no trace.
    pub group: Option<String>,
    /// The client id that brokers log.
    pub client: Option<String>,
    /// Where to start; by default where the group left off, without a group the earliest record.
    pub from: Option<Start>,
    /// Where to end; by default nowhere.
    pub until: Option<Until>,
    /// The only partitions to read, of each topic; empty for all.
    pub partitions: Vec<i32>,
    /// How long without a record before reading ends; none to wait for ever.
    pub timeout: Option<Duration>,
    /// How many records at most.
    pub max: Option<u64>,
    /// Further librdkafka properties.
    pub config: BTreeMap<String, String>,
    /// How long the cluster may take to answer questions.
    pub patience: Duration,
}

impl Default for ConsumerOptions {
    fn default() -> Self {
        ConsumerOptions {
            group: None,
            client: None,
            from: None,
            until: None,
            partitions: Vec::new(),
            timeout: None,
            max: None,
            config: BTreeMap::new(),
            patience: Duration::from_secs(10),
        }
    }
}

impl ConsumerOptions {
    /// Where to start, as far as the options go together.
    pub(super) fn start(&self) -> Result<Start, KafkaError> {
        if self.group.is_some() && !self.partitions.is_empty() {
            return Err(senseless(
                "a group is given its partitions, it does not choose them",
                "leave out `group` or `partitions`",
            ));
        }
        let start = match (self.from, &self.group) {
            (None, Some(_)) => Start::Committed,
            (None, None) => Start::Earliest,
            (Some(Start::Committed), None) => {
                return Err(senseless("`from: \"committed\"` needs a group", "give `group`"));
            }
            (Some(Start::Offset(_) | Start::Time(_)), Some(_)) => {
                return Err(senseless(
                    "a group starts where it left off, not at an offset or a time",
                    "leave out `group` or `from`",
                ));
            }
            (Some(start), _) => start,
        };
        Ok(start)
    }

    pub(super) fn to_config(&self, context: &Context) -> Result<ClientConfig, Failure> {
        let mut config = client_config(context)?;
        let reset = match self.start()? {
            Start::Latest => "latest",
            Start::Offset(_) => "error",
            _ => "earliest",
        };
        config
            // Assigning partitions needs a group's name in librdkafka, though none is joined.
            .set("group.id", self.group.as_deref().unwrap_or("kafkaefd"))
            .set("enable.auto.commit", self.group.is_some().to_string())
            .set("auto.commit.interval.ms", "1000")
            .set("enable.auto.offset.store", "false")
            .set("auto.offset.reset", reset)
            .set("enable.partition.eof", self.until.is_some().to_string())
            // The default of 64 MiB is much for a pod that runs several consumers.
            .set("queued.max.messages.kbytes", "16384");
        if let Some(client) = &self.client {
            config.set("client.id", client);
        }
        add_script_properties(&mut config, &self.config)?;
        beat_often_if_embedded(&mut config, context)?;
        Ok(config)
    }
}

pub(super) fn senseless(reason: &str, remedy: &str) -> KafkaError {
    KafkaError::Options {
        attempt: "make a consumer".to_owned(),
        reason: reason.to_owned(),
        remedy: Some(remedy.to_owned()),
    }
}
