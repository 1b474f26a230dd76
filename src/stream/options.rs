//! How a pipeline reads, promises, limits itself and stops.

use std::str::FromStr;
use std::time::Duration;

use super::engine::Transactions;
use super::error::StreamError;

/// What a pipeline promises about each input record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delivery {
    /// Each is delivered, perhaps more than once after a crash.
    #[default]
    AtLeastOnce,
    /// Each is delivered once, to readers of committed records: what is made of an input and the
    /// input's offset are committed in one transaction.
    ExactlyOnce,
}

impl FromStr for Delivery {
    type Err = StreamError;

    fn from_str(word: &str) -> Result<Delivery, StreamError> {
        match word {
            "at-least-once" => Ok(Delivery::AtLeastOnce),
            "exactly-once" => Ok(Delivery::ExactlyOnce),
            other => Err(StreamError::Delivery(other.to_owned())),
        }
    }
}

/// Where a group starts that has no committed offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reset {
    /// At the oldest record.
    #[default]
    Earliest,
    /// At the end of the topic at the first start; a later start resumes from there.
    Latest,
    /// At the oldest record, whatever the group committed.
    Rewind,
}

impl FromStr for Reset {
    type Err = StreamError;

    fn from_str(word: &str) -> Result<Reset, StreamError> {
        match word {
            "earliest" => Ok(Reset::Earliest),
            "latest" => Ok(Reset::Latest),
            "rewind" => Ok(Reset::Rewind),
            other => Err(StreamError::Reset(other.to_owned())),
        }
    }
}

/// How the members of a group agree on who reads what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupProtocol {
    /// The members agree among each other, cooperatively (KIP-429).
    #[default]
    Classic,
    /// The broker says it to each of them (KIP-848); from Kafka 4 on.
    Consumer,
}

impl FromStr for GroupProtocol {
    type Err = StreamError;

    fn from_str(word: &str) -> Result<GroupProtocol, StreamError> {
        match word {
            "classic" => Ok(GroupProtocol::Classic),
            "consumer" => Ok(GroupProtocol::Consumer),
            other => Err(StreamError::Protocol(other.to_owned())),
        }
    }
}

/// Everything about a pipeline but its topics and stages.
#[derive(Debug, Clone)]
pub struct Options {
    /// The consumer group; also the pipeline's name in logs and dead letters.
    pub group: String,
    /// How the group shares the partitions.
    pub group_protocol: GroupProtocol,
    /// The promise.
    pub delivery: Delivery,
    /// The transactions of [`Delivery::ExactlyOnce`].
    pub transactions: Transactions,
    /// Where a group without committed offsets starts.
    pub reset: Reset,
    /// End where the topics ended when the pipeline started.
    pub until_end: bool,
    /// End after this many input records.
    pub max: Option<u64>,
    /// The topic of records that cannot be processed; without one the first such record ends the run.
    pub dead_letters: Option<String>,
    /// More dead letters than this end the run.
    pub max_dead_letters: Option<u64>,
    /// A larger share of dead letters among the last 1000 records ends the run; 1.0 never does.
    pub dead_letter_share: f64,
    /// Bytes that are queued, worked on or not acknowledged at which reading pauses.
    pub in_flight_bytes: usize,
    /// Whether to wait for the brokers' acknowledgement; without it records may be lost.
    pub acks: bool,
    /// Whether the consumer checks the CRC of what it reads.
    pub check_crcs: bool,
    /// The prefix of the Prometheus metrics; none for no metrics.
    pub metrics: Option<String>,
    /// How long a stop waits for what is in flight.
    pub drain: Duration,
    /// A worker that stays at one record for longer counts as stuck.
    pub stuck_after: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            group: String::new(),
            group_protocol: GroupProtocol::default(),
            delivery: Delivery::default(),
            transactions: Transactions::default(),
            reset: Reset::default(),
            until_end: false,
            max: None,
            dead_letters: None,
            max_dead_letters: None,
            dead_letter_share: 0.05,
            in_flight_bytes: 16 << 20,
            acks: true,
            check_crcs: true,
            metrics: None,
            drain: Duration::from_secs(35),
            stuck_after: Duration::from_secs(60),
        }
    }
}
