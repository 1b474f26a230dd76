//! To all members as many partitions of each topic, with numbers that follow each other.
//!
//! Topics with as many partitions and the same subscribers are cut at the same numbers, so that who
//! joins records of two topics finds both.

use super::super::Assignment;
use super::{Claimant, Topics};

/// Shares the partitions of `topics` among `claimants`.
pub fn assign(topics: &Topics, claimants: &[Claimant]) -> Vec<Assignment> {
    let mut shares = vec![Assignment::default(); claimants.len()];
    for (topic, count) in topics {
        let mut subscribed: Vec<_> = claimants.iter().zip(&mut shares).collect();
        subscribed.retain(|(claimant, _)| claimant.topics.contains(topic));
        subscribed.sort_by(|(one, _), (other, _)| one.place.cmp(&other.place));
        let members = subscribed.len() as i32;
        let mut next = 0;
        for ((_, share), place) in subscribed.into_iter().zip(0..) {
            let more = i32::from(place < count % members);
            let end = next + count / members + more;
            (next..end).for_each(|partition| share.add((*topic, partition)));
            next = end;
        }
    }
    shares
}
