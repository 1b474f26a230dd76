use std::time::Instant;

use kafkaefd::stream::Tracker;
use proptest::prelude::*;

/// Begins the input at `offset`, of 10 bytes.
fn begin(tracker: &mut Tracker, offset: i64) -> u64 {
    tracker.begin(offset, 10, Instant::now())
}

#[test]
fn commits_only_the_unbroken_run_of_done_inputs() {
    let mut tracker = Tracker::default();
    let numbers = [10, 11, 13].map(|offset| begin(&mut tracker, offset));
    for number in numbers {
        tracker.finish(number, 1, 10);
    }
    assert_eq!(tracker.done(), None);
    tracker.acknowledge(numbers[1]);
    assert_eq!(tracker.done(), None, "10 is not acknowledged");
    tracker.acknowledge(numbers[0]);
    assert_eq!(tracker.done(), Some(11));
    assert!(!tracker.idle());
    tracker.acknowledge(numbers[2]);
    assert_eq!(tracker.done(), Some(13), "12 was never there");
    assert!(tracker.idle());
}

#[test]
fn an_input_without_outputs_is_done_when_its_processing_ends() {
    let mut tracker = Tracker::default();
    let number = begin(&mut tracker, 0);
    assert_eq!(tracker.done(), None);
    assert_eq!(tracker.finish(number, 0, 0), 10, "its own bytes are free");
    assert_eq!(tracker.done(), Some(0));
}

#[test]
fn acknowledgements_that_come_before_the_processing_ends_do_not_finish_the_input() {
    let mut tracker = Tracker::default();
    let number = begin(&mut tracker, 5);
    assert_eq!(tracker.acknowledge(number), 0);
    assert_eq!(tracker.done(), None);
    assert_eq!(tracker.finish(number, 2, 25), -15);
    assert_eq!(tracker.done(), None);
    assert_eq!(tracker.acknowledge(number), 25);
    assert_eq!(tracker.done(), Some(5));
    assert_eq!(tracker.acknowledge(number), 0, "one too many changes nothing");
}

#[test]
fn the_place_of_a_start_is_committed_before_any_record() {
    let mut tracker = Tracker::default();
    tracker.pin(7);
    assert_eq!((tracker.done(), tracker.idle()), (Some(6), true));
    let number = begin(&mut tracker, 7);
    assert_eq!(tracker.done(), Some(6));
    tracker.finish(number, 0, 0);
    assert_eq!(tracker.done(), Some(7));
}

#[test]
fn inputs_that_were_not_started_on_are_begun_again() {
    let mut tracker = Tracker::default();
    let first = begin(&mut tracker, 1);
    let second = begin(&mut tracker, 2);
    tracker.finish(first, 0, 0);
    tracker.cut(second);
    assert_eq!((tracker.done(), tracker.idle()), (Some(1), true));
    let second = begin(&mut tracker, 2);
    tracker.finish(second, 0, 0);
    assert_eq!(tracker.done(), Some(2));
}

proptest! {
    #[test]
    fn never_passes_an_open_input(
        outputs in prop::collection::vec(0i32..4, 1..40),
        order in any::<prop::sample::Index>(),
        swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..80),
    ) {
        let mut tracker = Tracker::default();
        let mut reports = Vec::new();
        for (offset, count) in outputs.iter().enumerate() {
            let number = begin(&mut tracker, offset as i64);
            reports.extend((0..*count).map(|_| number));
            tracker.finish(number, *count, 0);
        }
        for (a, b) in swaps {
            if !reports.is_empty() {
                let (a, b) = (a.index(reports.len()), b.index(reports.len()));
                reports.swap(a, b);
            }
        }
        let keep = order.index(reports.len() + 1);
        let mut open = outputs.clone();
        for number in &reports[..keep] {
            tracker.acknowledge(*number);
            open[*number as usize] -= 1;
        }
        let done = open.iter().take_while(|left| **left == 0).count();
        prop_assert_eq!(tracker.done(), done.checked_sub(1).map(|last| last as i64));
        prop_assert_eq!(tracker.idle(), open.iter().all(|left| *left == 0));
    }
}
