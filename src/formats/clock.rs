//! Times and durations as people write them.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo, Timestamp, civil};

/// Milliseconds since 1970 of an RFC 3339 time, or of the start of a day in UTC; none for other
/// text.
pub fn time(text: &str) -> Option<i64> {
    let day = || text.parse::<civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
    match text.parse::<Timestamp>() {
        Ok(time) => Some(time.as_millisecond()),
        Err(_) => day().map(|day| day.timestamp().as_millisecond()),
    }
}

/// A duration without a sign, like `1h30m`, `5m`, `250ms` or `2d`, with days of 24 hours; none for
/// other text.
pub fn duration(text: &str) -> Option<Duration> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let span: Span = text.parse().ok()?;
    let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(duration).ok()
}

/// Now, in milliseconds since 1970 (UTC).
pub fn now() -> i64 {
    Timestamp::now().as_millisecond()
}
