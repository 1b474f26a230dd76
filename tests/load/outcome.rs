//! Outcomes: what they add up to, how they are written, what they print.

use std::time::Duration;

use kafkaefd::load::outcome::{Counts, Histogram, Outcome, names};
use proptest::prelude::*;

/// A record of a run: who read it, second, latency in microseconds.
type Read = (usize, i64, u64);

fn note(outcome: &mut Outcome, number: u64, (_, second, latency): Read) {
    outcome.histogram(names::END_TO_END).record_micros(latency);
    outcome.series.received(second, 10, Some(latency));
    outcome.series.lag(second, 1);
    outcome.offsets.read("dome", 0, number as i64);
    outcome.sequences.seen(("dome", 0), "a", number);
    outcome.counts.received += 1;
    outcome.counts.bytes_received += 10;
    outcome.ended = outcome.ended.max(second * 1_000);
}

fn outcome(name: &str) -> Outcome {
    let mut outcome = Outcome::new(name, 0);
    outcome.thresholds = vec!["p99 < 1s".parse().unwrap(), "lost == 0".parse().unwrap()];
    outcome
}

/// The same without what tells of how many there were.
fn bare(mut outcome: Outcome) -> Outcome {
    outcome.parts.clear();
    let mut text = serde_json::to_value(outcome).unwrap();
    for second in text["series"].as_object_mut().unwrap().values_mut() {
        // Each part tells its own.
        second["lag"] = serde_json::Value::Null;
    }
    serde_json::from_value(text).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whoever reads which record, the sum is the same to the last bucket.
    #[test]
    fn merged_is_what_one_would_have_seen(
        reads in prop::collection::vec((0_usize..4, 0_i64..5, 0_u64..5_000_000), 1..80),
    ) {
        let mut whole = outcome("run");
        let mut parts: Vec<Outcome> = (0..4).map(|_| outcome("run")).collect();
        for (number, read) in reads.into_iter().enumerate() {
            note(&mut whole, number as u64, read);
            note(&mut parts[read.0], number as u64, read);
        }
        whole.settle();
        // As the parts of a cluster come: as text.
        let texts = parts.iter().map(|part| serde_json::to_string(part).unwrap());
        let parts = texts.map(|text| serde_json::from_str::<Outcome>(&text).unwrap());
        let merged = Outcome::merge(parts.collect::<Vec<_>>()).unwrap();
        prop_assert_eq!(merged.parts.len(), 4);
        let (one, sum) = (whole.to_string(), merged.to_string());
        prop_assert_eq!(one.split_once('\n').unwrap().1, sum.split_once('\n').unwrap().1);
        prop_assert_eq!(bare(merged), bare(whole));
    }

    #[test]
    fn histograms_come_back_as_they_were(values in prop::collection::vec(0..1_u64 << 40, 0..50)) {
        let mut histogram = Histogram::default();
        for value in &values {
            histogram.record_micros(*value);
        }
        let text = serde_json::to_string(&histogram).unwrap();
        let mut read: Histogram = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &histogram);
        prop_assert_eq!((read.min(), read.max()), (histogram.min(), histogram.max()));
        // And go on counting, beyond what they had room for.
        read.record_micros(1 << 50);
        prop_assert_eq!(read.count(), values.len() as u64 + 1);
    }
}

#[test]
fn a_histogram_that_is_none_is_refused() {
    let text =
        r#"{"count":1,"min":1,"mean":1.0,"p50":1,"p90":1,"p99":1,"p999":1,"max":1,"hdr":"!"}"#;
    let error = serde_json::from_str::<Histogram>(text).unwrap_err().to_string();
    assert!(error.starts_with("`hdr`: "), "{error}");
}

/// What merged runs have in common stays; what they differ in is told of each.
#[test]
fn parameters_in_common_stay() {
    let part = |id: u64| {
        let mut part = outcome("run");
        part.parameters.insert("rate".into(), 100.into());
        part.parameters.insert("producer_id".into(), id.into());
        part
    };
    let two = Outcome::merge([part(0), part(1)]).unwrap();
    let three = Outcome::merge([two, part(2)]).unwrap();
    assert_eq!(three.parameters.keys().collect::<Vec<_>>(), ["rate"]);
    let ids = three.parts.iter().map(|part| part.parameters["producer_id"].as_u64().unwrap());
    assert_eq!(ids.collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(three.thresholds.len(), 2);
    assert_eq!(Outcome::merge([]), None);
}

fn full() -> Outcome {
    let mut outcome = outcome("aioload");
    (outcome.started, outcome.ended) = (0, 60_000);
    outcome.counts = Counts {
        sent: 600_000,
        acknowledged: 599_990,
        failed: 10,
        received: 599_990,
        bytes_sent: 72_000_000,
        bytes_received: 71_998_800,
        ..Counts::default()
    };
    for (name, unit) in
        [(names::SCHEDULE_ERROR, 1), (names::ACKNOWLEDGED, 20), (names::END_TO_END, 400)]
    {
        (1..=1_000).for_each(|n| outcome.histogram(name).record(Duration::from_micros(n * unit)));
    }
    (0..3).for_each(|number| outcome.sequences.sent("dome", "a", number));
    for number in [0, 2] {
        outcome.sequences.seen(("dome", 0), "a", number);
    }
    outcome.sequences.awaited("a");
    outcome.offsets.sent("dome", 0, 0);
    outcome.offsets.read("dome", 0, 0);
    outcome.clocks.two = 599_990;
    assert_eq!(outcome.clocks.latency(2_500, 1_000), 0);
    outcome.thresholds.push("schedule_error.p99 < 5ms".parse().unwrap());
    outcome
}

/// The verdict first, and all of it on one screen.
#[test]
fn the_summary_fits_a_screen() {
    let mut outcome = full();
    outcome.settle();
    let text = outcome.to_string();
    assert_eq!(
        text,
        "\
FAILED  aioload, 1 min
  FAIL  lost == 0                 1
  ok    p99 < 1s                  396 ms
  ok    schedule_error.p99 < 5ms  990 us

sent                 600 000  10000 a second, 1.2 MB a second
acknowledged         599 990
failed                    10
received             599 990  10000 a second, 1.2 MB a second
lost                       1
duplicates                 0
reordered                  0

latency               p50        p90        p99      p99.9        max
schedule_error     500 us     900 us     990 us     999 us       1 ms
acknowledged        10 ms      18 ms    19.8 ms      20 ms      20 ms
end_to_end         200 ms     360 ms     396 ms     400 ms     400 ms
note: 599 990 records with another process's stamp: end_to_end includes its skew
note: 1 record arrived up to 1.5 ms too early: clocks differ that much"
    );
    assert!(text.lines().count() < 24);
    assert!(text.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn a_run_without_thresholds_has_no_verdict() {
    let mut outcome = Outcome::new("salmock", 0);
    (outcome.ended, outcome.counts.sent) = (2_000, 20);
    outcome.settle();
    let rows = "\n\nsent                      20  10 a second, 0 B a second\n\
        acknowledged               0\nfailed                     0";
    assert_eq!(outcome.to_string(), format!("salmock, 2 s{rows}"));
}

/// A night takes megabytes: of each second what was counted is packed.
#[test]
fn seconds_are_kept_in_little_space() {
    let mut outcome = Outcome::new("night", 0);
    for second in 0..600 {
        (0..100).for_each(|n| outcome.series.received(second, 100, Some(n * n * 37 % 90_000)));
    }
    let size = serde_json::to_vec(&outcome.series).unwrap().len();
    assert!(size < 600 * 1_000, "{size} bytes for 600 seconds");
    let seconds = outcome.series.seconds();
    assert_eq!((seconds.len(), seconds[&7].end_to_end.count), (600, 100));
}
