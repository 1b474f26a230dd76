use kafkaefd::stream::Tracker;
use proptest::prelude::*;

#[test]
fn commits_only_the_unbroken_run_of_done_inputs() {
    let mut tracker = Tracker::new(1);
    for offset in [10, 11, 13] {
        tracker.begin(offset);
        tracker.expect(offset);
        tracker.settle(offset);
    }
    assert_eq!(tracker.done(), None);
    tracker.settle(11);
    assert_eq!(tracker.done(), None, "10 is not acknowledged");
    tracker.settle(10);
    assert_eq!(tracker.done(), Some(11));
    assert!(!tracker.idle());
    tracker.settle(13);
    assert_eq!(tracker.done(), Some(13), "12 was never there");
    assert!(tracker.idle());
}

#[test]
fn an_input_without_outputs_is_done_when_its_processing_ends() {
    let mut tracker = Tracker::new(1);
    tracker.begin(0);
    assert_eq!(tracker.done(), None);
    tracker.settle(0);
    assert_eq!(tracker.done(), Some(0));
}

#[test]
fn acknowledgements_that_come_before_the_processing_ends_do_not_finish_the_input() {
    let mut tracker = Tracker::new(1);
    tracker.begin(5);
    tracker.expect(5);
    tracker.settle(5);
    tracker.expect(5);
    assert_eq!(tracker.done(), None);
    tracker.settle(5);
    tracker.settle(5);
    assert_eq!(tracker.done(), Some(5));
}

#[test]
fn the_place_of_a_start_is_committed_before_any_record() {
    let mut tracker = Tracker::new(1);
    tracker.pin(7);
    assert_eq!((tracker.done(), tracker.idle()), (Some(6), true));
    tracker.begin(7);
    assert_eq!(tracker.done(), Some(6));
    tracker.settle(7);
    assert_eq!(tracker.done(), Some(7));
}

#[test]
fn offsets_that_do_not_rise_are_noticed() {
    let mut tracker = Tracker::new(1);
    assert!(tracker.read(1000));
    assert!(tracker.read(1002));
    assert!(!tracker.read(5));
    assert!(tracker.read(6));
    assert!(!tracker.read(6));
}

proptest! {
    #[test]
    fn never_passes_an_open_input(
        outputs in prop::collection::vec(0u32..4, 1..40),
        order in any::<prop::sample::Index>(),
        swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..80),
    ) {
        let mut tracker = Tracker::new(1);
        let mut reports = Vec::new();
        for (offset, count) in outputs.iter().enumerate() {
            tracker.begin(offset as i64);
            for _ in 0..*count {
                tracker.expect(offset as i64);
                reports.push(offset);
            }
            tracker.settle(offset as i64);
        }
        for (a, b) in swaps {
            if !reports.is_empty() {
                let (a, b) = (a.index(reports.len()), b.index(reports.len()));
                reports.swap(a, b);
            }
        }
        let keep = order.index(reports.len() + 1);
        let mut open = outputs.clone();
        for offset in &reports[..keep] {
            tracker.settle(*offset as i64);
            open[*offset] -= 1;
        }
        let done = open.iter().take_while(|left| **left == 0).count();
        prop_assert_eq!(tracker.done(), done.checked_sub(1).map(|last| last as i64));
        prop_assert_eq!(tracker.idle(), open.iter().all(|left| *left == 0));
    }
}
