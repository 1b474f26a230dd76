//! Pictures of outcomes.

mod text;

use kafkaefd::load::outcome::{Outcome, names};

/// A run of 20 seconds at 100 Hz with a slow tail, and a reader that pauses in the middle.
pub fn outcome() -> Outcome {
    let mut outcome = Outcome::new("dome", 1_000_000);
    outcome.ended = 1_020_000;
    outcome.parameters.insert("seed".to_owned(), 1.into());
    for number in 0..2_000_u64 {
        let second = 1_000 + (number / 100) as i64;
        outcome.counts.sent += 1;
        outcome.counts.acknowledged += 1;
        outcome.counts.received += 1;
        outcome.series.sent(second, 10);
        let tail = if number % 100 == 7 { 400_000 } else { 1_000 };
        let latency = tail + (number * 7_919 % 1_000) * 20;
        let read = if (1_008..1_012).contains(&second) { 1_012 } else { second };
        outcome.series.received(read, 10, Some(latency));
        outcome.histogram(names::SCHEDULE_ERROR).record_micros(20 + number % 50);
        outcome.histogram(names::ACKNOWLEDGED).record_micros(latency / 2);
        outcome.histogram(names::END_TO_END).record_micros(latency);
    }
    outcome.settle();
    outcome
}
