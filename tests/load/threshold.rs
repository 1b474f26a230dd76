//! What thresholds mean, and what is said of those that mean nothing.

use std::time::Duration;

use kafkaefd::error::Explain as _;
use kafkaefd::load::outcome::{Counts, Outcome, names};
use kafkaefd::load::threshold::Threshold;

/// A run of 10 s with latencies of 1 to 100 ms.
fn outcome() -> Outcome {
    let mut outcome = Outcome::new("test", 1_000);
    outcome.ended = 11_000;
    outcome.counts = Counts { sent: 1_000, lost: 3, ..Counts::default() };
    for ms in 1..=100 {
        outcome.histogram(names::END_TO_END).record(Duration::from_millis(ms));
        outcome.histogram(names::ACKNOWLEDGED).record(Duration::from_micros(ms));
    }
    outcome
}

fn judged(text: &str) -> (bool, String) {
    let verdict = text.parse::<Threshold>().unwrap().judge(&outcome());
    (verdict.passed, verdict.measured.unwrap_or_default())
}

#[test]
fn thresholds_hold_or_do_not() {
    let cases = [
        ("p99 < 20ms", false, "99 ms"),
        ("p50 < 51 ms", true, "50 ms"),
        ("p99.9<=1s", true, "100 ms"),
        ("max < 2 s", true, "100 ms"),
        ("min >= 1ms", true, "1 ms"),
        ("mean > 60ms", false, "50.5 ms"),
        ("end_to_end.max < 1s", true, "100 ms"),
        ("acknowledged.p99 < 100us", true, "99 us"),
        ("  lost   ==  0 ", false, "3"),
        ("lost != 0", true, "3"),
        ("duplicates == 0", true, "0"),
        ("sent >= 1000", true, "1 000"),
        ("rate > 99", true, "100 a second"),
        ("rate > 100.5", false, "100 a second"),
        // Nothing was measured: nobody can say that it was kept to.
        ("schedule_error.p99 < 5ms", false, ""),
    ];
    for (text, passed, measured) in cases {
        assert_eq!(judged(text), (passed, measured.to_owned()), "{text}");
    }
}

#[test]
fn a_run_that_only_sends_is_measured_to_the_confirmation() {
    let mut outcome = outcome();
    outcome.histograms.remove(names::END_TO_END);
    assert!("p99 < 20ms".parse::<Threshold>().unwrap().judge(&outcome).passed);
}

#[test]
fn what_is_wrong_with_a_threshold_is_said_with_its_place() {
    let cases = [
        ("", 1, "a name is missing", None),
        ("losst == 0", 1, "there is no `losst`", Some("did you mean `lost`?")),
        ("  p101 < 1s", 3, "there is no `p101`", None),
        (
            "end_to_ned.p99 < 1s",
            1,
            "there is no `end_to_ned.p99`",
            Some("did you mean `end_to_end.p99`?"),
        ),
        (
            "end_to_end.maxx < 1s",
            1,
            "there is no `end_to_end.maxx`",
            Some("did you mean `end_to_end.max`?"),
        ),
        ("p99 = 20ms", 5, "one of <, <=, >, >=, == and != is missing", None),
        ("p99 <", 6, "a number is missing", None),
        ("p99 < 20", 7, "`20` has no unit: write 20ms or 20s", None),
        ("p99 < soon", 7, "`soon` is no duration, as 20ms or 1.5s", None),
        ("p99 < -1ms", 7, "`-1ms` is no duration, as 20ms or 1.5s", None),
        ("lost == 0.5", 9, "`0.5` is no whole number", None),
        ("lost == none", 9, "`none` is no number", None),
        ("rate > nan", 8, "`nan` is no number", None),
    ];
    let help = "write thresholds as \"p99 < 20ms\", \"lost == 0\" or \"rate > 99\"";
    for (text, column, why, remedy) in cases {
        let error = text.parse::<Threshold>().unwrap_err();
        let message = format!("cannot read the threshold `{text}`, column {column}: {why}");
        assert_eq!(error.to_string(), message);
        assert_eq!(error.remedy().as_deref(), Some(remedy.unwrap_or(help)), "{text}");
    }
}
