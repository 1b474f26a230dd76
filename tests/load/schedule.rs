//! Moments of an open model.

use std::time::{Duration, Instant};

use kafkaefd::load::pacer::Pacer;
use kafkaefd::load::schedule::{Rate, Schedule};

fn moments(rate: Rate, count: usize) -> Vec<f64> {
    let schedule = Schedule::new(rate, 0.0, 1).unwrap();
    schedule.take(count).map(|at| at.as_secs_f64()).collect()
}

fn close(one: &[f64], two: &[f64]) {
    assert_eq!(one.len(), two.len(), "{one:?}");
    assert!(one.iter().zip(two).all(|(one, two)| (one - two).abs() < 1e-6), "{one:?}: {two:?}");
}

#[test]
fn a_constant_rate_does_not_drift() {
    close(&moments(Rate::Constant(4.0), 4), &[0.0, 0.25, 0.5, 0.75]);
    let third = Schedule::new(Rate::Constant(3.0), 0.0, 1).unwrap().nth(3_000_000).unwrap();
    assert_eq!(third, Duration::from_secs(1_000_000));
}

#[test]
fn a_ramp_reaches_its_rate_and_keeps_it() {
    // From 0 to 10 a second within 2 s: ten records, the last intervals close to a tenth.
    let ramp = moments(Rate::Ramp { from: 0.0, to: 10.0, over: 2.0 }, 31);
    close(&[ramp[0], ramp[10], ramp[20], ramp[30]], &[0.0, 2.0, 3.0, 4.0]);
    assert!(ramp.windows(2).all(|pair| pair[0] < pair[1]));
    let down = moments(Rate::Ramp { from: 10.0, to: 2.0, over: 1.0 }, 9);
    close(&[down[6], down[8]], &[1.0, 2.0]);
}

#[test]
fn steps_follow_each_other_and_end() {
    let steps = Rate::Steps(vec![(2.0, 1.0), (4.0, 0.5)]);
    close(&moments(steps, 99), &[0.0, 0.5, 1.0, 1.25]);
}

#[test]
fn bursts_come_at_once() {
    let burst = Rate::Burst { count: 3, every: 10.0 };
    close(&moments(burst, 7), &[0.0, 0.0, 0.0, 10.0, 10.0, 10.0, 20.0]);
}

#[test]
fn independent_moments_have_their_rate_and_their_spread() {
    let all = moments(Rate::Poisson(100.0), 20_000);
    assert!((all[19_999] - 200.0).abs() < 6.0, "{}", all[19_999]);
    // Of the intervals of a Poisson process 1 - 1/e are shorter than their mean.
    let short = all.windows(2).filter(|pair| pair[1] - pair[0] < 0.01).count();
    assert!((0.61..0.65).contains(&(short as f64 / 19_999.0)), "{short}");
}

#[test]
fn moments_are_replayed() {
    close(&moments(Rate::Replay(vec![0.0, 0.1, 5.0]), 9), &[0.0, 0.1, 5.0]);
}

#[test]
fn rates_that_cannot_be_kept_are_refused() {
    for (rate, message) in [
        (Rate::Constant(0.0), "the rate is 0, not a number above 0"),
        (Rate::Poisson(f64::NAN), "the rate is NaN, not a number above 0"),
        (Rate::Ramp { from: -1.0, to: 1.0, over: 1.0 }, "`from` is -1, not a number above 0"),
        (Rate::Steps(vec![(1.0, 0.0)]), "the duration of a step is 0, not a number above 0"),
        (Rate::Burst { count: 0, every: 1.0 }, "a burst has no records"),
        (Rate::Replay(vec![1.0, 0.5]), "the moments to replay do not follow each other from 0 on"),
    ] {
        let error = Schedule::new(rate, 0.0, 1).err().unwrap().to_string();
        assert_eq!(error, format!("cannot keep the rate: {message}"));
    }
}

#[test]
fn topics_take_turns_and_make_up_for_what_was_late() {
    let start = Instant::now();
    let schedule = |hertz, phase| Schedule::new(Rate::Constant(hertz), phase, 1).unwrap();
    let mut pacer = Pacer::start(vec![schedule(10.0, 0.0), schedule(5.0, 0.05)], start, None);
    let after = |millis| start + Duration::from_millis(millis);
    assert_eq!(pacer.due(after(0)), Some((0, Duration::ZERO)));
    assert_eq!(pacer.due(after(0)), None);
    assert_eq!(pacer.wait(after(0)), Some(Duration::from_millis(50)));
    // Nobody came for 200 ms: each moment is still there, and how late it is.
    let late: Vec<_> = std::iter::from_fn(|| pacer.due(after(250))).collect();
    let millis: Vec<_> = late.iter().map(|(topic, due)| (*topic, due.as_millis())).collect();
    assert_eq!(millis, [(1, 50), (0, 100), (0, 200), (1, 250)]);
    assert_eq!(pacer.late(late[0].1, after(250)), Duration::from_millis(200));
    assert_eq!(pacer.wait(after(250)), Some(Duration::from_millis(50)));
}

#[test]
fn when_all_has_ended_there_is_nothing_to_wait_for() {
    let start = Instant::now();
    let schedule = |rate| Schedule::new(rate, 0.0, 1).unwrap();
    let once = schedule(Rate::Replay(vec![0.0]));
    // What is due at the end is no longer sent.
    let often = schedule(Rate::Constant(10.0));
    let end = Some(Duration::from_millis(300));
    let mut pacer = Pacer::start(vec![once, often], start, end);
    let later = start + Duration::from_secs(9);
    let due: Vec<_> = std::iter::from_fn(|| pacer.due(later)).map(|(topic, _)| topic).collect();
    assert_eq!(due, [0, 1, 1, 1]);
    // Until the end there is something to wait for: at the end more would be due.
    let before = start + Duration::from_millis(290);
    assert_eq!((pacer.due(before), pacer.wait(before)), (None, Some(Duration::from_millis(10))));
    assert_eq!((pacer.due(later), pacer.wait(later)), (None, None));
}
