//! What an experiment sends to one topic, and when.

use bytes::Bytes;

use super::Content;
use crate::load::LoadError;
use crate::load::schedule::{Rate, Schedule};

/// What is sent to one topic, and when.
#[derive(Clone)]
pub struct Feed {
    /// The topic, which exists.
    pub topic: String,
    /// The values.
    pub content: Content,
    /// The moments.
    pub rate: Rate,
    /// The key of all records.
    pub key: Option<Bytes>,
}

impl Feed {
    /// The moments of the feed, which is at `place` of `all` feeds of an experiment with `seed`.
    ///
    /// Feeds with the same constant rate take turns, so that a thousand of them are an even load
    /// without bursts.
    pub fn schedule(&self, (place, all): (usize, usize), seed: u64) -> Result<Schedule, LoadError> {
        let phase = match &self.rate {
            Rate::Constant(hertz) => place as f64 / all.max(1) as f64 / hertz,
            _ => 0.0,
        };
        Schedule::new(self.rate.clone(), phase, seed.wrapping_add(place as u64))
    }
}
