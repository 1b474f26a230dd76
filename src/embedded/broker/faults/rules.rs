//! What was asked for, API by API.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use kafka_protocol::ResponseError;
use kafka_protocol::messages::ApiKey;
use tokio_util::sync::CancellationToken;

use super::{Delay, Fate};

/// What happens to a request in place of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// It is not carried out, and this is answered.
    Refuse(ResponseError),
    /// It is carried out, and the connection closed in place of an answer.
    Lose,
}

/// What happens to the next requests. The faults of an API that happen a number of times stand in a
/// queue: the first is over before the second begins.
#[derive(Debug, Default)]
pub struct Rules {
    delays: HashMap<ApiKey, Duration>,
    delay_of_all: Option<Duration>,
    queues: HashMap<ApiKey, VecDeque<(Instead, u64)>>,
    cleared: CancellationToken,
}

impl Rules {
    /// Lets the answers of `api`, or of all that have no delay of their own, wait for `delay`.
    pub fn delay(&mut self, api: Option<ApiKey>, delay: Duration) {
        match api {
            Some(api) => {
                self.delays.insert(api, delay);
            }
            None => self.delay_of_all = Some(delay),
        }
    }

    /// Lets `instead` happen to `times` requests of `api`, after what waits already.
    pub fn add(&mut self, api: ApiKey, instead: Instead, times: u64) {
        self.queues.entry(api).or_default().push_back((instead, times));
    }

    /// Lets `instead` happen to the next request of `api`, before what waits.
    pub fn put_back(&mut self, api: ApiKey, instead: Instead) {
        self.queues.entry(api).or_default().push_front((instead, 1));
    }

    /// Takes all back, also the delays of answers that wait.
    pub fn clear(&mut self) {
        std::mem::take(self).cleared.cancel();
    }

    /// Whether nothing happens to any request.
    pub fn is_empty(&self) -> bool {
        self.delays.is_empty() && self.delay_of_all.is_none() && self.queues.is_empty()
    }

    /// What happens to the next request of `api`.
    pub fn next(&mut self, api: ApiKey) -> Fate {
        let time = self.delays.get(&api).copied().or(self.delay_of_all);
        let delay = time.map(|time| Delay { time, cleared: self.cleared.clone() });
        Fate { instead: self.pop(api), delay }
    }

    fn pop(&mut self, api: ApiKey) -> Option<Instead> {
        let queue = self.queues.get_mut(&api)?;
        let (instead, times) = queue.front_mut()?;
        let happens = *instead;
        *times -= 1;
        if *times == 0 {
            queue.pop_front();
        }
        if queue.is_empty() {
            self.queues.remove(&api);
        }
        Some(happens)
    }
}
