//! Loss, duplicates and reordering against a model that remembers every number.

use std::collections::{BTreeMap, BTreeSet};

use kafkaefd::load::sequence::{Found, Ranges, Reading, Sequences};
use proptest::prelude::*;

const WHOLE: Reading = Reading { any: true, from_start: true, to_end: true };
const MIDDLE: Reading = Reading { any: true, from_start: false, to_end: false };

fn seen(numbers: &[u64]) -> Sequences {
    let mut sequences = Sequences::default();
    for number in numbers {
        sequences.seen(("dome", 0), "a", *number);
    }
    sequences
}

fn sent(sequences: &mut Sequences, numbers: std::ops::Range<u64>) {
    numbers.for_each(|number| sequences.sent("dome", "a", number));
}

#[test]
fn what_came_before_the_first_record_read_is_not_lost() {
    let found = seen(&[100, 101, 103]).found(|_| MIDDLE);
    assert_eq!(found, Found { lost: 1, ..Found::default() });
}

/// One who was there from the start knows that the first records are missing.
#[test]
fn what_was_sent_while_the_reader_was_there_is_lost() {
    let mut sequences = seen(&[2, 3]);
    sent(&mut sequences, 0..6);
    assert_eq!(sequences.found(|_| WHOLE), Found { lost: 4, ..Found::default() });
    let left = Reading { to_end: false, ..WHOLE };
    assert_eq!(sequences.found(|_| left), Found { lost: 2, unread: 2, ..Found::default() });
    assert_eq!(sequences.found(|_| MIDDLE), Found { unread: 2, ..Found::default() });
    assert_eq!(sequences.under_way("a", |_| true), 4);
    sequences.awaited("a");
    assert_eq!(sequences.found(|_| left), Found { lost: 4, ..Found::default() });
}

/// A run that only sends says nothing about loss.
#[test]
fn nothing_is_lost_where_nobody_reads() {
    let mut sequences = Sequences::default();
    sent(&mut sequences, 0..6);
    assert_eq!(sequences.found(|_| Reading::default()), Found::default());
}

/// A record that Kafka refused is not lost, though its number is missing.
#[test]
fn what_was_not_confirmed_is_not_lost() {
    let mut sequences = seen(&[0, 1, 3]);
    for number in [0, 1, 3] {
        sequences.sent("dome", "a", number);
    }
    assert_eq!(sequences.found(|_| WHOLE), Found::default());
}

/// Kafka keeps the order within a partition only.
#[test]
fn partitions_may_overtake_each_other() {
    let mut sequences = Sequences::default();
    for (partition, number) in [(0, 0), (1, 3), (0, 1), (1, 2)] {
        sequences.seen(("dome", partition), "a", number);
    }
    assert_eq!(sequences.found(|_| MIDDLE), Found { reordered: 1, ..Found::default() });
}

#[test]
fn producers_and_topics_count_on_their_own() {
    let mut sequences = Sequences::default();
    for (topic, producer) in [("dome", "a"), ("dome", "b"), ("mount", "a")] {
        (0..3).for_each(|number| sequences.seen((topic, 0), producer, number));
    }
    assert_eq!(sequences.found(|_| MIDDLE), Found::default());
}

proptest! {
    #[test]
    fn ranges_are_sets(given in prop::collection::vec((0_u64..60, 0_u64..5), 0..60), a in 0_u64..60, n in 0_u64..20) {
        let (mut ranges, mut set) = (Ranges::default(), BTreeSet::new());
        for (number, more) in given {
            if more == 0 {
                prop_assert_eq!(ranges.insert(number), set.insert(number));
            } else {
                let had = (number..=number + more).filter(|number| !set.insert(*number)).count();
                prop_assert_eq!(ranges.insert_range(number, number + more), had as u64);
            }
        }
        let all: Vec<u64> = ranges.iter().flat_map(|(first, last)| first..=last).collect();
        prop_assert_eq!(&all, &set.iter().copied().collect::<Vec<_>>());
        prop_assert_eq!(ranges.within(a, a + n), set.range(a..=a + n).count() as u64);
        let gaps = all.windows(2).filter(|pair| pair[0] + 1 < pair[1]).count();
        prop_assert_eq!(ranges.len(), if all.is_empty() { 0 } else { gaps + 1 });
    }

    #[test]
    fn found_is_what_a_model_finds(
        read in prop::collection::vec((0_u64..40, 0_i32..3), 0..80), count in 0_u64..40,
    ) {
        let mut sequences = Sequences::default();
        let (mut all, mut newest, mut model) = (BTreeSet::new(), BTreeMap::new(), Found::default());
        sent(&mut sequences, 0..count);
        for (number, partition) in &read {
            sequences.seen(("dome", *partition), "a", *number);
            if !all.insert(*number) {
                model.duplicates += 1;
                continue;
            }
            let last = newest.entry(*partition).or_insert(*number);
            model.reordered += u64::from(*number < *last);
            *last = (*last).max(*number);
        }
        model.lost = (0..count).filter(|number| !all.contains(number)).count() as u64;
        if count == 0 && let (Some(first), Some(last)) = (all.first(), all.last()) {
            model.lost = (*first..=*last).filter(|number| !all.contains(number)).count() as u64;
        }
        prop_assert_eq!(sequences.found(|_| WHOLE), model);
    }

    /// Parts that are put together find what one finds that saw everything: partitions are whole.
    #[test]
    fn parts_make_the_whole(read in prop::collection::vec((0_u64..40, 0_i32..3), 0..80)) {
        let (mut whole, mut parts) = (Sequences::default(), vec![Sequences::default(); 3]);
        for (number, partition) in &read {
            whole.seen(("dome", *partition), "a", *number);
            parts[usize::try_from(*partition).unwrap()].seen(("dome", *partition), "a", *number);
        }
        let mut sum = Sequences::default();
        for part in parts {
            sum.add(part);
        }
        let (sum, whole) = (sum.found(|_| MIDDLE), whole.found(|_| MIDDLE));
        prop_assert_eq!((sum.lost, sum.duplicates), (whole.lost, whole.duplicates));
    }
}
