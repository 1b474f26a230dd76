//! The options of `stream::from`.

use std::time::Duration;

use serde::Deserialize;

use crate::error::{Failure, Kind};
use crate::stream::Options;

/// What a script may say about a pipeline beside its topics and stages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Given {
    group: Option<String>,
    delivery: String,
    reset: String,
    /// `until` is a reserved word of Rhai: it works quoted only.
    #[serde(alias = "until")]
    to: Option<String>,
    max: Option<u64>,
    /// How many equal members of the group to run.
    pub tasks: usize,
    acks: bool,
    check_crcs: bool,
    in_flight: usize,
    max_dead_letters: Option<u64>,
    dead_letter_share: f64,
    drain: f64,
}

impl Default for Given {
    fn default() -> Given {
        let options = Options::default();
        Given {
            group: None,
            delivery: "at-least-once".to_owned(),
            reset: "earliest".to_owned(),
            to: None,
            max: None,
            tasks: 1,
            acks: options.acks,
            check_crcs: options.check_crcs,
            in_flight: options.in_flight_bytes,
            max_dead_letters: options.max_dead_letters,
            dead_letter_share: options.dead_letter_share,
            drain: options.drain.as_secs_f64(),
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
        let drain = Duration::try_from_secs_f64(self.drain)
            .map_err(|_| wrong("`drain` is a number of seconds".to_owned()))?;
        Ok(Options {
            group: self.group.unwrap_or_default(),
            delivery: self.delivery.parse()?,
            reset: self.reset.parse()?,
            until_end,
            max: self.max,
            dead_letters: None,
            max_dead_letters: self.max_dead_letters,
            dead_letter_share: self.dead_letter_share,
            in_flight_bytes: self.in_flight,
            acks: self.acks,
            check_crcs: self.check_crcs,
            metrics: None,
            drain,
        })
    }
}

fn wrong(why: String) -> Failure {
    Failure::new(Kind::Usage, format!("cannot read the options of stream::from: {why}"))
}
