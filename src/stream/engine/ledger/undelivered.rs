//! Records that were sent and not written: what is made again, and what becomes a dead letter.
//!
//! A broker takes a batch of records or refuses all of it. What it refuses for its size or its
//! content is sent again in smaller batches until a record that is refused was alone in its batch:
//! that one is at fault, and its input becomes a dead letter.

use std::collections::HashMap;
use std::mem::take;

use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};

use super::batch::Batch;
use super::blame::{Blame, blame};
use super::conviction::Conviction;
use super::lane::Lane;
use super::place::Place;
use crate::clients::kafka::{self, Record};
use crate::stream::StreamError;

/// What a delivery report says about a record that was not written, or perhaps not.
pub struct Lost<'a> {
    pub error: &'a KafkaError,
    /// The topic that it was sent to.
    pub target: &'a str,
    /// Its bytes: key, value and headers.
    pub size: usize,
    /// Whether it is a dead letter.
    pub letter: bool,
}

/// A record that was not written, and the input that it was made of.
#[derive(Debug, Clone)]
struct Refusal {
    place: Place,
    target: String,
    error: KafkaError,
    size: usize,
    letter: bool,
}

/// What was refused since the last judgement, and what came of the judgements.
#[derive(Default)]
pub struct Undelivered {
    all: Vec<Refusal>,
    /// The most bytes of a record among those that were refused for their size.
    largest: usize,
    /// The broker tells bad records of a batch from good ones.
    told: bool,
    /// The bytes of a batch before every record went alone.
    usual: Option<usize>,
    convicted: HashMap<Place, Conviction>,
}

/// What was lost.
impl Undelivered {
    /// Enters a lost record; without a place its partition has another owner or epoch by now.
    pub fn enter(&mut self, lost: &Lost<'_>, place: Option<Place>) {
        match blame(lost.error) {
            Blame::Size => self.largest = self.largest.max(lost.size),
            Blame::Neighbour => self.told = true,
            _ => {}
        }
        let (error, target) = (lost.error.clone(), lost.target.to_owned());
        self.all.extend(place.map(|place| {
            let (size, letter) = (lost.size, lost.letter);
            Refusal { place, target, error, size, letter }
        }));
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The input of the first.
    pub fn place(&self) -> Option<&Place> {
        self.all.first().map(|refusal| &refusal.place)
    }

    /// Whether a record is at fault, and not a service or the set-up.
    pub fn for_a_record(&self) -> bool {
        use Blame::{Content, Neighbour, Size};
        self.all.iter().any(|lost| matches!(blame(&lost.error), Size | Content | Neighbour))
    }

    /// The first error, in words.
    pub fn failure(&self) -> Option<StreamError> {
        self.all.first().map(Refusal::failure)
    }

    /// The first error that doing it again does not mend.
    pub fn lasting(&self) -> Option<StreamError> {
        let lasting = |lost: &&Refusal| blame(&lost.error) == Blame::Lasting;
        self.all.iter().find(lasting).map(Refusal::failure)
    }

    /// The error of the first is `error`: the report said less.
    pub fn explain(&mut self, error: &KafkaError) {
        self.all.first_mut().iter_mut().for_each(|first| first.error = error.clone());
    }

    /// The code of the first error.
    pub fn error(&self) -> Option<KafkaError> {
        self.all.first().map(|first| first.error.clone())
    }
}

/// Whose fault it is.
impl Undelivered {
    /// Judges what was refused by batches of at most `batch` bytes: returns how many they may have
    /// from now on, if that must change. An error says that an input cannot even become a dead
    /// letter; `letters` tells whether there are any.
    pub fn judge(&mut self, batch: usize, letters: bool) -> Result<Option<usize>, StreamError> {
        let told = take(&mut self.told) || batch == 1;
        let largest = take(&mut self.largest);
        let (mut content, mut guilty) = (false, false);
        for refusal in take(&mut self.all) {
            let fault = match blame(&refusal.error) {
                // It was alone in its batch: no other found room beside it.
                Blame::Size => refusal.size.max(1) >= batch,
                Blame::Content => told,
                _ => continue,
            };
            content |= !fault && blame(&refusal.error) == Blame::Content;
            guilty |= fault;
            if fault {
                self.convict(refusal, letters)?;
            }
        }
        if content {
            self.usual.get_or_insert(batch);
            return Ok(Some(1));
        }
        if (1..batch).contains(&largest) {
            return Ok(Some(largest));
        }
        Ok(self.usual.take_if(|_| guilty))
    }

    fn convict(&mut self, refusal: Refusal, letters: bool) -> Result<(), StreamError> {
        if !letters {
            return Err(refusal.failure());
        }
        let code = refusal.code();
        let conviction = self.convicted.entry(refusal.place.clone()).or_default();
        if !refusal.letter {
            conviction.output.get_or_insert((refusal.target, code));
        } else if conviction.short || blame(&refusal.error) != Blame::Size {
            return Err(StreamError::NoLetter {
                input: refusal.place.to_string(),
                topic: refusal.target,
                why: kafka::words(code),
            });
        } else {
            conviction.short = true;
        }
        Ok(())
    }

    /// What is known against records of `batch`, by their offsets.
    pub fn against(&self, batch: &Batch) -> Vec<(i64, Conviction)> {
        if self.convicted.is_empty() {
            return Vec::new();
        }
        let lane = &batch.lane;
        let known = |offset: i64| self.convicted.get(&lane.place(offset)).cloned();
        let offsets = batch.records.iter().map(Record::offset);
        offsets.filter_map(|offset| Some((offset, known(offset)?))).collect()
    }

    /// What lies before `next` in the partition of `lane` is done and comes no more.
    pub fn pass(&mut self, lane: &Lane, next: i64) {
        if !self.convicted.is_empty() {
            let same =
                |place: &Place| place.partition == lane.partition && place.topic == lane.topic;
            self.convicted.retain(|place, _| !same(place) || place.offset >= next);
        }
    }
}

impl Refusal {
    fn code(&self) -> Code {
        self.error.rdkafka_error_code().unwrap_or(Code::Fail)
    }

    fn failure(&self) -> StreamError {
        let attempt = format!("deliver what was made of {} to topic `{}`", self.place, self.target);
        StreamError::refused(&attempt, &self.error)
    }
}
