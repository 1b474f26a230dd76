//! Places in a topic as people write them.

use kafkaefd::formats::bound::Bound;
use kafkaefd::formats::clock;

#[test]
fn words_numbers_and_times_are_places() {
    let all = [
        ("earliest", Bound::Earliest),
        ("latest", Bound::End),
        ("end", Bound::End),
        ("0", Bound::Offset(0)),
        ("42", Bound::Offset(42)),
        ("-5", Bound::Last(5)),
        ("-0", Bound::Last(0)),
        ("2026-01-01", Bound::Time(1_767_225_600_000)),
        ("2026-01-01T00:00:00.250Z", Bound::Time(1_767_225_600_250)),
        ("2026-01-01T01:00:00+01:00", Bound::Time(1_767_225_600_000)),
        ("@1767225600000", Bound::Time(1_767_225_600_000)),
    ];
    for (text, bound) in all {
        assert_eq!(text.parse(), Ok(bound), "{text}");
    }
}

#[test]
fn a_duration_counts_back_from_now() {
    for (text, seconds) in [("-90s", 90), ("-10m", 600), ("-1h30m", 5400), ("-2d", 172_800)] {
        let before = clock::now();
        let Ok(Bound::Time(time)) = text.parse() else { panic!("{text} is no time") };
        assert!((before..=clock::now()).contains(&(time + seconds * 1000)), "{text}");
    }
}

#[test]
fn anything_else_is_no_place() {
    for text in ["", "-", "soon", "--5", "10m", "+-1", "@", "-1parsec", "2026-13-01"] {
        let bound = text.parse::<Bound>();
        assert!(bound.is_err(), "{text}: {bound:?}");
    }
    assert_eq!("soon".parse::<Bound>().unwrap_err().to_string(), "`soon` is no place in a topic");
}
