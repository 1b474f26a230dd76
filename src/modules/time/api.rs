//! The page a script author reads.

use rhai::plugin::*;

use super::types;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;

/// Points in time, durations and waiting.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod time {
    /// Yields 0, 1, 2, … at a fixed rate.
    pub type Ticker = types::Ticker;
    /// Measures time from where it was made.
    pub type Stopwatch = types::Stopwatch;

    /// Waits for `seconds`, an int or a float.
    ///
    /// An error of kind `cancelled` says that the run was stopped meanwhile, one of kind `usage`
    /// that `seconds` is negative or no number.
    ///
    /// ```rhai
    /// time::sleep(0.01);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn sleep(context: NativeCallContext, seconds: Dynamic) -> RhaiResultOf<()> {
        Ok(types::sleep(&call::context(&context)?, types::seconds(&seconds)?)?)
    }

    /// The time now, in milliseconds since 1970 (UTC).
    ///
    /// ```rhai
    /// time::now() > time::parse("2026-01-01") // => true
    /// ```
    #[rhai_fn(volatile)]
    pub fn now() -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }

    /// Reads a time: RFC 3339 as `2026-01-31T20:15:00Z`, or a day as `2026-01-31`, from 0 h UTC.
    ///
    /// `text` is the time.
    ///
    /// Returns milliseconds since 1970 (UTC). An error of kind `invalid` says what is wrong.
    ///
    /// ```rhai
    /// time::parse("2026-01-01T00:00:00Z") // => 1767225600000
    /// ```
    #[rhai_fn(return_raw)]
    pub fn parse(text: &str) -> RhaiResultOf<i64> {
        Ok(types::parse(text)?)
    }

    /// Writes a time in UTC as RFC 3339 with milliseconds.
    ///
    /// `milliseconds` count from 1970 (UTC), as the timestamp of a record does.
    ///
    /// Returns the text. An error of kind `usage` says that the time is out of range.
    ///
    /// ```rhai
    /// time::format(1767225600250) // => "2026-01-01T00:00:00.250Z"
    /// ```
    #[rhai_fn(return_raw)]
    pub fn format(milliseconds: i64) -> RhaiResultOf<String> {
        Ok(types::format(milliseconds)?)
    }

    /// Reads a duration: `90s`, `5m`, `1h30m`, `250ms`.
    ///
    /// `text` is the duration.
    ///
    /// Returns seconds as a float. An error of kind `invalid` says what is wrong.
    ///
    /// ```rhai
    /// time::duration("1h30m") // => 5400.0
    /// ```
    #[rhai_fn(return_raw)]
    pub fn duration(text: &str) -> RhaiResultOf<f64> {
        Ok(types::duration(text)?)
    }

    /// Yields 0, 1, 2, … in a `for` loop, `hertz` times a second, the first at once.
    ///
    /// `hertz` is an int or a float above 0. A slow turn does not move the next ones: the loop
    /// catches up. It ends with `break`.
    ///
    /// Returns a `Ticker`. An error of kind `usage` says that `hertz` is no rate; in the loop, one
    /// of kind `cancelled` says that the run was stopped.
    ///
    /// ```rhai
    /// let turns = 0;
    /// for tick in time::every(100) {
    ///     turns = tick;
    ///     if tick == 3 { break; }
    /// }
    /// turns // => 3
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn every(context: NativeCallContext, hertz: Dynamic) -> RhaiResultOf<Ticker> {
        Ok(Ticker::new(call::context(&context)?, &hertz)?)
    }

    /// Starts a stopwatch.
    ///
    /// Returns a `Stopwatch`; its `elapsed` is the time since.
    ///
    /// ```rhai
    /// let watch = time::stopwatch();
    /// time::sleep(0.01);
    /// watch.elapsed >= 0.01 // => true
    /// ```
    #[rhai_fn(volatile)]
    pub fn stopwatch() -> Stopwatch {
        Stopwatch::new()
    }

    /// Seconds since the stopwatch was started, as a float.
    ///
    /// ```rhai
    /// time::stopwatch().elapsed < 60.0 // => true
    /// ```
    #[rhai_fn(get = "elapsed", pure, volatile)]
    pub fn elapsed(watch: &mut Stopwatch) -> f64 {
        watch.elapsed()
    }
}

/// What replaces functions of the language itself.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod language {
    /// Waits for `seconds`, an int or a float; the same as `time::sleep`.
    ///
    /// ```rhai
    /// sleep(0);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn sleep(context: NativeCallContext, seconds: i64) -> RhaiResultOf<()> {
        super::time::sleep(context, seconds.into())
    }

    /// Waits for `seconds`, an int or a float; the same as `time::sleep`.
    ///
    /// ```rhai
    /// sleep(0.01);
    /// ```
    #[rhai_fn(name = "sleep", volatile, return_raw)]
    pub fn sleep_float(context: NativeCallContext, seconds: f64) -> RhaiResultOf<()> {
        super::time::sleep(context, seconds.into())
    }
}
