//! Loss, duplicates and reordering by the numbers that producers give their records.

mod ranges;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

pub use ranges::Ranges;

/// How many ranges are kept of all producers together: some 50 MB.
const MOST_RANGES: usize = 1 << 20;

/// The numbers of the records that were sent and read, for each producer of each topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Tracks", from = "Tracks")]
pub struct Sequences {
    tracks: Tracks,
    /// How many ranges all tracks have seen together.
    ranges: usize,
}

/// The track of each producer of each topic.
type Tracks = BTreeMap<String, BTreeMap<String, Track>>;

/// The records of one producer in one topic.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Track {
    /// The numbers that Kafka confirmed; empty where the producer was another process.
    pub sent: Ranges,
    /// The numbers that were read.
    pub seen: Ranges,
    /// How often a number was read again.
    pub duplicates: u64,
    /// How often a number was read after a greater one of its partition.
    pub reordered: u64,
    /// Numbers that are taken for lost because there were too many gaps to remember.
    pub forgotten: u64,
    /// Whether the reader waited for everything that was sent.
    pub awaited: bool,
    /// The greatest number of each partition so far.
    #[serde(skip)]
    newest: HashMap<i32, u64>,
}

/// What the numbers say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// Numbers that were not read though they should have been.
    pub lost: u64,
    /// How often a number was read again.
    pub duplicates: u64,
    /// How often a number was read after a greater one.
    pub reordered: u64,
    /// Confirmed numbers behind those that were read.
    pub unread: u64,
}

/// What is known of the reading of a topic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// Whether it was read at all.
    pub any: bool,
    /// Whether reading began before the first record that was sent.
    pub from_start: bool,
    /// Whether reading came behind the last record that was sent.
    pub to_end: bool,
}

impl Sequences {
    /// Notes that Kafka confirmed the record `number` of `producer` in `topic`.
    pub fn sent(&mut self, topic: &str, producer: &str, number: u64) {
        self.with(topic, producer, |track| track.sent.insert(number));
    }

    /// Notes that Kafka confirmed the records `numbers` of `producer` in `topic`.
    pub fn sent_all(&mut self, topic: &str, producer: &str, numbers: &Ranges) {
        self.with(topic, producer, |track| {
            for (first, last) in numbers.iter() {
                track.sent.insert_range(first, last);
            }
        });
    }

    /// Notes that the record `number` of `producer` was read from `partition` of `topic`.
    pub fn seen(&mut self, (topic, partition): (&str, i32), producer: &str, number: u64) {
        let full = self.ranges >= MOST_RANGES;
        let (before, after) = self.with(topic, producer, |track| {
            let before = track.seen.len();
            track.see(partition, number);
            if full && track.seen.len() > before {
                track.forgotten += track.seen.close_first_gap();
            }
            (before, track.seen.len())
        });
        self.ranges = self.ranges + after - before;
    }

    /// Notes that everything which `producer` sent has been waited for.
    pub fn awaited(&mut self, producer: &str) {
        for producers in self.tracks.values_mut() {
            producers.get_mut(producer).into_iter().for_each(|track| track.awaited = true);
        }
    }

    /// The producers whose records are known.
    pub fn producers(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.tracks.values().flat_map(BTreeMap::keys).collect();
        all.into_iter().cloned().collect()
    }

    /// How many records that `producer` sent to topics which `is_read` have not been read.
    pub fn under_way(&self, producer: &str, is_read: impl Fn(&str) -> bool) -> u64 {
        let read = self.tracks.iter().filter(|(topic, _)| is_read(topic));
        let tracks = read.filter_map(|(_, producers)| producers.get(producer));
        tracks.map(|track| track.seen.missing(&track.sent, 0, u64::MAX)).sum()
    }

    /// What the numbers say, given how each topic was read.
    pub fn found(&self, reading: impl Fn(&str) -> Reading) -> Found {
        let mut sum = Found::default();
        for (topic, producers) in &self.tracks {
            let reading = reading(topic);
            for found in producers.values().map(|track| track.found(reading)) {
                sum.lost += found.lost;
                sum.duplicates += found.duplicates;
                sum.reordered += found.reordered;
                sum.unread += found.unread;
            }
        }
        sum
    }

    /// Whether there were too many gaps to remember, so that the counts are no longer exact.
    pub fn is_rough(&self) -> bool {
        self.tracks.values().flat_map(BTreeMap::values).any(|track| track.forgotten > 0)
    }

    /// Adds what another process sent and saw: what both saw was read twice.
    pub fn add(&mut self, other: Sequences) {
        for (topic, producers) in other.tracks {
            for (producer, more) in producers {
                self.with(&topic, &producer, |mine| mine.add(more));
            }
        }
        self.ranges = count(&self.tracks);
    }

    /// What `act` makes of the track of `producer` in `topic`, which is made at the first use.
    fn with<T>(&mut self, topic: &str, producer: &str, act: impl FnOnce(&mut Track) -> T) -> T {
        // `entry` alone would copy both names for each record.
        let known = self.tracks.get_mut(topic).and_then(|producers| producers.get_mut(producer));
        if let Some(track) = known {
            return act(track);
        }
        let producers = self.tracks.entry(topic.to_owned()).or_default();
        act(producers.entry(producer.to_owned()).or_default())
    }
}

impl Track {
    fn see(&mut self, partition: i32, number: u64) {
        if !self.seen.insert(number) {
            self.duplicates += 1;
            return;
        }
        let newest = self.newest.entry(partition).or_insert(number);
        if number < *newest {
            self.reordered += 1;
        }
        *newest = number.max(*newest);
    }

    fn found(&self, reading: Reading) -> Found {
        let (lost, unread) = self.missing(reading).unwrap_or_default();
        Found {
            lost: lost + self.forgotten,
            duplicates: self.duplicates,
            reordered: self.reordered,
            unread,
        }
    }

    /// How many numbers are lost, and how many were not come to; none where nothing tells.
    fn missing(&self, reading: Reading) -> Option<(u64, u64)> {
        if self.sent.is_empty() {
            let (first, last) = (self.seen.first()?, self.seen.last()?);
            return Some((last - first + 1 - self.seen.within(first, last), 0));
        }
        if !reading.any && self.seen.is_empty() {
            return None;
        }
        let first = if reading.from_start { self.sent.first() } else { self.seen.first() };
        // Without a first number reading began in the middle, and nothing came after that.
        let Some(first) = first else { return Some((0, 0)) };
        let missing = self.seen.missing(&self.sent, first, u64::MAX);
        let behind = match self.seen.last() {
            _ if self.awaited || reading.to_end => 0,
            Some(last) => self.sent.within(last.saturating_add(1), u64::MAX),
            None => missing,
        };
        Some((missing - behind, behind))
    }

    fn add(&mut self, more: Track) {
        for (first, last) in more.sent.iter() {
            self.sent.insert_range(first, last);
        }
        for (first, last) in more.seen.iter() {
            self.duplicates += self.seen.insert_range(first, last);
        }
        self.duplicates += more.duplicates;
        self.reordered += more.reordered;
        self.forgotten += more.forgotten;
        self.awaited |= more.awaited;
    }
}

impl PartialEq for Track {
    fn eq(&self, other: &Track) -> bool {
        let counts = |t: &Track| (t.duplicates, t.reordered, t.forgotten, t.awaited);
        self.sent == other.sent && self.seen == other.seen && counts(self) == counts(other)
    }
}

impl Eq for Track {}

impl From<Sequences> for Tracks {
    fn from(sequences: Sequences) -> Tracks {
        sequences.tracks
    }
}

impl From<Tracks> for Sequences {
    fn from(tracks: Tracks) -> Sequences {
        Sequences { ranges: count(&tracks), tracks }
    }
}

fn count(tracks: &Tracks) -> usize {
    tracks.values().flat_map(BTreeMap::values).map(|track| track.seen.len()).sum()
}
