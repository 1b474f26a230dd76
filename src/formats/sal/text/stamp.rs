//! Timestamps: seconds since 1970 as text.

use super::fault::{Fault, Why};
use super::{cursor::Cursor, options::TimeScale};

/// By how many seconds TAI is ahead of UTC, since 2017.
pub const TAI_MINUS_UTC: i64 = 37;

/// The years 1 to 9999, in seconds since 1970: what calendars of other tools can show.
const YEARS: std::ops::Range<f64> = -62_135_596_800.0..253_402_300_800.0;

/// A time in seconds, on the producer's scale.
#[inline]
pub fn seconds(cursor: &mut Cursor<'_>) -> Result<f64, Fault> {
    let at = cursor.at;
    match cursor.double() {
        Ok(seconds) if YEARS.contains(&seconds) => Ok(seconds),
        _ => Err(Fault::new(Why::Time, at)),
    }
}

/// `seconds` of `scale` as UTC milliseconds: rounded to microseconds, half to even, then floored.
#[inline]
pub fn utc_millis(seconds: f64, scale: TimeScale) -> i64 {
    // Within the years allowed this cuts the fraction off, exactly.
    let whole = seconds as i64;
    let micros = ((seconds - whole as f64) * 1e6).round_ties_even() as i64;
    let millis = whole * 1_000 + micros.div_euclid(1_000);
    match scale {
        TimeScale::Utc => millis,
        TimeScale::Tai => millis - TAI_MINUS_UTC * 1_000,
    }
}

/// `seconds` of `scale` as UTC seconds.
#[inline]
pub fn utc_seconds(seconds: f64, scale: TimeScale) -> f64 {
    match scale {
        TimeScale::Utc => seconds,
        TimeScale::Tai => seconds - TAI_MINUS_UTC as f64,
    }
}
