//! To all members as many partitions of all topics; who has a partition keeps it if possible.

use super::super::Assignment;
use super::super::assignment::Place;
use super::{Claimant, Topics};

/// Shares the partitions of `topics` among `claimants`.
pub fn assign(topics: &Topics, claimants: &[Claimant]) -> Vec<Assignment> {
    let mut shares = Shares { claimants, all: vec![Assignment::default(); claimants.len()] };
    let mut places: Vec<Place> =
        topics.iter().flat_map(|(topic, count)| (0..*count).map(|part| (*topic, part))).collect();
    // Those with the fewest subscribers first, for the others can still go elsewhere.
    places.sort_by_key(|place| shares.subscribers(place).count());
    let left: Vec<_> = places.into_iter().filter(|place| !shares.keep(place)).collect();
    for place in left {
        if let Some(member) = shares.poorest(&place) {
            shares.give(member, place);
        }
    }
    while shares.level() {}
    shares.all
}

struct Shares<'a> {
    claimants: &'a [Claimant],
    all: Vec<Assignment>,
}

impl Shares<'_> {
    fn subscribers(&self, place: &Place) -> impl Iterator<Item = usize> + '_ {
        let topic = place.0;
        let all = self.claimants.iter().enumerate();
        all.filter(move |(_, one)| one.topics.contains(&topic)).map(|(member, _)| member)
    }

    fn count(&self, member: usize) -> usize {
        self.all.get(member).map_or(0, Assignment::count)
    }

    fn poorest(&self, place: &Place) -> Option<usize> {
        self.subscribers(place).min_by_key(|member| self.count(*member))
    }

    fn give(&mut self, member: usize, place: Place) {
        if let Some(share) = self.all.get_mut(member) {
            share.add(place);
        }
    }

    /// Leaves `place` with who has it, if that is a subscriber.
    fn keep(&mut self, place: &Place) -> bool {
        let owner = self.subscribers(place).find(|member| {
            self.claimants.get(*member).is_some_and(|claimant| claimant.has.has(place))
        });
        if let Some(owner) = owner {
            self.give(owner, *place);
        }
        owner.is_some()
    }

    /// Moves partitions from members with more to subscribers with at least two less; whether there
    /// were any.
    fn level(&mut self) -> bool {
        let mut moved = false;
        let mut richest: Vec<_> = (0..self.all.len()).collect();
        richest.sort_by_key(|member| std::cmp::Reverse(self.count(*member)));
        for rich in richest {
            let places: Vec<_> =
                self.all.get(rich).map(|share| share.places().collect()).unwrap_or_default();
            // The last first: what a member has had for long stays.
            for place in places.into_iter().rev() {
                let Some(poor) = self.poorest(&place) else {
                    continue;
                };
                if self.count(poor) + 1 < self.count(rich) {
                    if let Some(share) = self.all.get_mut(rich) {
                        share.remove(&place);
                    }
                    self.give(poor, place);
                    moved = true;
                }
            }
        }
        moved
    }
}
