//! The faults of a broker.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kafka_protocol::ResponseError;
use kafka_protocol::messages::ApiKey;

use super::rules::{Instead, Rules};
use super::seen::Seen;
use super::{Fate, FaultError, names};
use crate::embedded::broker::locks::lock;

/// What happens to requests other than usual. While nothing does, a request pays for one look at a
/// flag and one count.
#[derive(Debug)]
pub struct Faults {
    armed: AtomicBool,
    rules: Mutex<Rules>,
    seen: Seen,
}

impl Faults {
    /// No faults.
    pub fn new() -> Faults {
        Faults { armed: AtomicBool::new(false), rules: Mutex::default(), seen: Seen::new() }
    }

    /// Lets the answers of the API called `api`, or of all APIs, wait for `delay` from now on.
    pub fn delay(&self, api: Option<&str>, delay: Duration) -> Result<(), FaultError> {
        let api = api.map(names::api).transpose()?;
        self.change(|rules| rules.delay(api, delay));
        Ok(())
    }

    /// Refuses the next `times` requests of the API called `api` with Kafka's error called `error`.
    pub fn fail(&self, api: &str, error: &str, times: i64) -> Result<(), FaultError> {
        let (api, error, times) = (names::api(api)?, names::error(error)?, at_least_once(times)?);
        self.change(|rules| rules.add(api, Instead::Refuse(error), times));
        Ok(())
    }

    /// Carries out the next `times` requests of the API called `api` and closes the connection in
    /// place of an answer.
    pub fn lose(&self, api: &str, times: i64) -> Result<(), FaultError> {
        let (api, times) = (names::api(api)?, at_least_once(times)?);
        self.change(|rules| rules.add(api, Instead::Lose, times));
        Ok(())
    }

    /// Ends all faults, sends the answers that wait, and counts requests from 0 again.
    pub fn clear(&self) {
        self.change(Rules::clear);
        self.seen.forget();
    }

    /// How many requests of the API called `api` came.
    pub fn requests_of(&self, api: &str) -> Result<u64, FaultError> {
        Ok(self.seen.count(names::api(api)?))
    }

    /// The APIs that were asked, and how many requests came to each.
    pub fn requests(&self) -> Vec<(String, u64)> {
        let count = |name: String| Some((names::api(&name).ok()?, name));
        let counted = names::apis().into_iter().filter_map(count);
        counted.map(|(api, name)| (name, self.seen.count(api))).filter(|(_, n)| *n > 0).collect()
    }

    /// Notes a request of `api` and tells what happens to it.
    pub fn next(&self, api: ApiKey) -> Fate {
        self.seen.note(api);
        if !self.armed.load(Ordering::Relaxed) {
            return Fate::default();
        }
        let mut rules = lock(&self.rules);
        let fate = rules.next(api);
        self.armed.store(!rules.is_empty(), Ordering::Relaxed);
        fate
    }

    /// Keeps `error` for the next request of `api`: the last one had no place for it.
    pub fn put_back(&self, api: ApiKey, error: ResponseError) {
        self.change(|rules| rules.put_back(api, Instead::Refuse(error)));
    }

    fn change(&self, change: impl FnOnce(&mut Rules)) {
        let mut rules = lock(&self.rules);
        change(&mut rules);
        self.armed.store(!rules.is_empty(), Ordering::Relaxed);
    }
}

fn at_least_once(times: i64) -> Result<u64, FaultError> {
    match u64::try_from(times) {
        Ok(0) | Err(_) => Err(FaultError::Never(times)),
        Ok(times) => Ok(times),
    }
}
