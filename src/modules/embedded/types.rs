//! The handle of the broker that runs in this process.

use std::time::Duration;

use rhai::{Dynamic, Map};

use crate::context::Context;
use crate::embedded::broker::{Control, FaultError};
use crate::embedded::{EmbeddedError, Stack};
use crate::error::{Failure, Kind};
use crate::modules::error::raise_as_map;
use crate::modules::options::Seconds;

/// How long the broker may take to close or open its port; it takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

// The list of `modules::error` cannot name what only this module may import.
raise_as_map!(FaultError);

/// The embedded broker of a run.
#[derive(Clone)]
pub struct Broker {
    context: Context,
    /// What it can be told.
    pub control: Control,
}

impl Broker {
    /// The broker that `context` started; an error where it talks to another one.
    pub fn of(context: &Context) -> Result<Broker, Failure> {
        match context.kept::<Stack>()? {
            Some(stack) => Ok(Broker { context: context.clone(), control: stack.control() }),
            None => Err(not_ours(context)?),
        }
    }

    /// Waits until the broker has done `what`.
    pub fn wait<T>(
        &self,
        what: &str,
        done: impl Future<Output = Result<T, EmbeddedError>>,
    ) -> Result<T, Failure> {
        Ok(self.context.wait(what, PATIENCE, done)??)
    }

    /// How many requests came to each API.
    pub fn requests(&self) -> Map {
        let counts = self.control.requests().into_iter();
        counts.map(|(api, count)| (api.into(), Dynamic::from(count as i64))).collect()
    }
}

fn not_ours(context: &Context) -> Result<Failure, Failure> {
    let endpoints = context.endpoints()?;
    let broker = endpoints.broker()?;
    let (why, remedy) = if endpoints.embedded {
        ("it runs in another process", "give --stack own, for a broker of this run's own")
    } else {
        (
            "it is a real one",
            "give --stack own in place of its address, for a broker of this run's own",
        )
    };
    let message = format!("cannot make the broker at {broker} fail: {why}");
    Ok(Failure::new(Kind::Unsupported, message).with_remedy(remedy))
}

/// The duration of `seconds`, an int or a float of 0 or more.
pub fn duration(seconds: &Dynamic) -> Result<Duration, Failure> {
    rhai::serde::from_dynamic::<Seconds>(seconds).map(Into::into).map_err(|_| {
        let message = format!("cannot delay answers by {seconds} s");
        Failure::new(Kind::Usage, message).with_remedy("give 0 or more")
    })
}
