//! Which partitions of which topics.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

/// Partitions, by the ids of their topics. No topic is without partitions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment(BTreeMap<Uuid, BTreeSet<i32>>);

/// A partition of a topic.
pub type Place = (Uuid, i32);

impl Assignment {
    /// The topics, each with its partitions.
    pub fn topics(&self) -> impl Iterator<Item = (Uuid, Vec<i32>)> + '_ {
        self.0.iter().map(|(topic, partitions)| (*topic, partitions.iter().copied().collect()))
    }

    /// All partitions, in the order of topics and numbers.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let each = |(topic, partitions): (&Uuid, &BTreeSet<i32>)| {
            let topic = *topic;
            partitions.iter().map(move |partition| (topic, *partition)).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(each)
    }

    /// How many partitions there are.
    pub fn count(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `place` is among them.
    pub fn has(&self, place: &Place) -> bool {
        self.0.get(&place.0).is_some_and(|partitions| partitions.contains(&place.1))
    }

    /// Adds `place`.
    pub fn add(&mut self, place: Place) {
        self.0.entry(place.0).or_default().insert(place.1);
    }

    /// Takes `place` out.
    pub fn remove(&mut self, place: &Place) {
        if let Some(partitions) = self.0.get_mut(&place.0) {
            partitions.remove(&place.1);
            if partitions.is_empty() {
                self.0.remove(&place.0);
            }
        }
    }

    /// Those that `keep` says yes to.
    pub fn filter(&self, keep: impl Fn(&Place) -> bool) -> Assignment {
        self.places().filter(keep).collect()
    }

    /// Whether all are in `other` too.
    pub fn within(&self, other: &Assignment) -> bool {
        self.places().all(|place| other.has(&place))
    }

    /// Whether one of them is in `other` too.
    pub fn meets(&self, other: &Assignment) -> bool {
        self.places().any(|place| other.has(&place))
    }
}

impl FromIterator<Place> for Assignment {
    fn from_iter<T: IntoIterator<Item = Place>>(places: T) -> Assignment {
        let mut all = Assignment::default();
        places.into_iter().for_each(|place| all.add(place));
        all
    }
}
