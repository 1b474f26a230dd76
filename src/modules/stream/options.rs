//! The options of `stream::from`.

use std::ops::RangeInclusive;
use std::time::Duration;

use serde::Deserialize;

use crate::error::{Failure, Kind};
use crate::modules::options::Seconds;
use crate::stream::{Options, Transactions};

/// The longest time for stopping: who waits longer has forgotten it.
const LONGEST_DRAIN: Duration = Duration::from_secs(3600);
/// How long a transaction may stay open: the most is what brokers allow by default
/// (`transaction.max.timeout.ms`).
const TIMEOUT: RangeInclusive<Duration> = Duration::from_secs(2)..=Duration::from_secs(900);

/// The most threads of one member: more only fight for the processor.
const MOST_WORKERS: usize = 256;

/// What a script may say about a pipeline beside its topics and stages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    group: Option<String>,
    group_protocol: String,
    delivery: String,
    reset: String,
    /// `until` is a reserved word of Rhai: it works quoted only.
    #[serde(alias = "until")]
    to: Option<String>,
    max: Option<u64>,
    /// How many equal members of the group to run.
    pub tasks: usize,
    /// How many threads of each member run the stages.
    pub workers: usize,
    acks: bool,
    check_crcs: bool,
    in_flight: usize,
    max_dead_letters: Option<u64>,
    dead_letter_share: Number,
    drain: Seconds,
    stuck_after: Seconds,
    transactional_id: Option<String>,
    transaction_records: u64,
    transaction_time: Seconds,
    transaction_timeout: Seconds,
}

/// A number that a script gives as int or float.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Number {
    Int(i64),
    Float(f64),
}

impl Default for Given {
    fn default() -> Given {
        let options = Options::default();
        Given {
            group: None,
            group_protocol: "classic".to_owned(),
            delivery: "at-least-once".to_owned(),
            reset: "earliest".to_owned(),
            to: None,
            max: None,
            tasks: 1,
            workers: 1,
            acks: options.acks,
            check_crcs: options.check_crcs,
            in_flight: options.in_flight_bytes,
            max_dead_letters: options.max_dead_letters,
            dead_letter_share: Number::Float(options.dead_letter_share),
            drain: Seconds(options.drain),
            stuck_after: Seconds(options.stuck_after),
            transactional_id: options.transactions.id,
            transaction_records: options.transactions.records,
            transaction_time: Seconds(options.transactions.time),
            transaction_timeout: Seconds(options.transactions.timeout),
        }
    }
}

impl Given {
    /// The options as the engine takes them.
    pub fn options(self) -> Result<Options, Failure> {
        let until_end = match self.to.as_deref() {
            None => false,
            Some("end") => true,
            Some(other) => return Err(wrong(format!("`to` is \"end\", not {other:?}"))),
        };
        if self.tasks == 0 {
            return Err(wrong("`tasks` is 1 or more".to_owned()));
        }
        if !(1..=MOST_WORKERS).contains(&self.workers) {
            return Err(wrong(format!("`workers` is 1 to {MOST_WORKERS}")));
        }
        let drain = Duration::from(self.drain);
        if drain > LONGEST_DRAIN {
            return Err(wrong(format!("`drain` is 0 to {} seconds", LONGEST_DRAIN.as_secs())));
        }
        let dead_letter_share = match self.dead_letter_share {
            Number::Int(share) => share as f64,
            Number::Float(share) => share,
        };
        if !(0.0..=1.0).contains(&dead_letter_share) {
            return Err(wrong("`dead_letter_share` is 0 to 1".to_owned()));
        }
        let transactions = self.transactions()?;
        Ok(Options {
            transactions,
            group: self.group.unwrap_or_default(),
            group_protocol: self.group_protocol.parse()?,
            delivery: self.delivery.parse()?,
            reset: self.reset.parse()?,
            until_end,
            max: self.max,
            dead_letters: None,
            max_dead_letters: self.max_dead_letters,
            dead_letter_share,
            in_flight_bytes: self.in_flight,
            acks: self.acks,
            check_crcs: self.check_crcs,
            metrics: None,
            drain,
            stuck_after: self.stuck_after.into(),
        })
    }

    fn transactions(&self) -> Result<Transactions, Failure> {
        let (time, timeout) = (self.transaction_time.into(), self.transaction_timeout.into());
        if self.transactional_id.as_deref().is_some_and(str::is_empty) {
            return Err(wrong("`transactional_id` is not empty".to_owned()));
        }
        if self.transaction_records == 0 {
            return Err(wrong("`transaction_records` is 1 or more".to_owned()));
        }
        if !TIMEOUT.contains(&timeout) {
            let (least, most) = (TIMEOUT.start().as_secs(), TIMEOUT.end().as_secs());
            return Err(wrong(format!("`transaction_timeout` is {least} to {most} seconds")));
        }
        if time > timeout / 2 {
            let why = "`transaction_time` is at most half of `transaction_timeout`";
            return Err(wrong(why.to_owned()));
        }
        let id = self.transactional_id.clone();
        Ok(Transactions { id, records: self.transaction_records, time, timeout })
    }
}

fn wrong(why: String) -> Failure {
    Failure::new(Kind::Usage, format!("cannot read the options of stream::from: {why}"))
}
