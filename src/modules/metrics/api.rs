//! The page a script author reads.

use rhai::plugin::*;
use rhai::{Array, ImmutableString};

use super::types;
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::serve::{Port, metrics as native};

/// Prometheus metrics of the run, and the endpoint that shows them.
#[export_module(root = "crate::modules::placed")]
#[allow(missing_docs, clippy::unwrap_used)] // of the code that the macro writes
pub mod metrics {
    /// A metric that only rises.
    pub type Counter = types::Counter;
    /// A metric that rises and falls.
    pub type Gauge = types::Gauge;
    /// Observations counted in buckets.
    pub type Histogram = types::Histogram;
    /// Observations added up.
    pub type Summary = types::Summary;

    /// Serves `/metrics`, `/healthz` and `/readyz` on port 9092 until the run ends.
    ///
    /// A port that is taken is no error: a free one serves then, and stderr says which. The endpoint
    /// listens on all interfaces inside Kubernetes and on the loopback interface elsewhere.
    ///
    /// Returns the address, `host:port`. An error says why no port could be opened.
    ///
    /// ```rhai
    /// let address = metrics::serve();
    /// address.contains(":") // => true
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn serve(context: NativeCallContext) -> RhaiResultOf<String> {
        Ok(types::serve(&call::context(&context)?, Port::Default)?)
    }

    /// Serves `/metrics`, `/healthz` and `/readyz` on `port` until the run ends.
    ///
    /// `port` is 1 to 65535, or 0 for a free one. The endpoint listens on all interfaces inside
    /// Kubernetes and on the loopback interface elsewhere.
    ///
    /// Returns the address, `host:port`. An error of kind `conflict` says that the port is taken.
    ///
    /// ```rhai
    /// let address = metrics::serve(0);
    /// address.starts_with("127.0.0.1:") // => true
    /// ```
    #[rhai_fn(name = "serve", volatile, return_raw)]
    pub fn serve_on(context: NativeCallContext, port: i64) -> RhaiResultOf<String> {
        Ok(types::serve(&call::context(&context)?, types::port(port)?)?)
    }

    /// The counter called `name`, made at the first call.
    ///
    /// `name` is letters, digits and `_`, by custom ending in `_total`; `help` is one sentence that
    /// `/metrics` shows.
    ///
    /// Returns a `Counter`. An error of kind `already_exists` says that another kind of metric has
    /// the name, one of kind `usage` that the name is no name.
    ///
    /// ```rhai
    /// let sent = metrics::counter("sent_total", "Records sent");
    /// sent.inc();
    /// sent.add(2);
    /// sent.value // => 3.0
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn counter(
        context: NativeCallContext,
        name: ImmutableString,
        help: ImmutableString,
    ) -> RhaiResultOf<Counter> {
        Ok(types::Counter(native::counter(&call::context(&context)?, &name, &help)?))
    }

    /// The gauge called `name`, made at the first call.
    ///
    /// `name` is letters, digits and `_`; `help` is one sentence that `/metrics` shows.
    ///
    /// Returns a `Gauge`. An error of kind `already_exists` says that another kind of metric has the
    /// name, one of kind `usage` that the name is no name.
    ///
    /// ```rhai
    /// let lag = metrics::gauge("lag_records", "Records not yet read");
    /// lag.set(12);
    /// lag.value // => 12.0
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn gauge(
        context: NativeCallContext,
        name: ImmutableString,
        help: ImmutableString,
    ) -> RhaiResultOf<Gauge> {
        Ok(types::Gauge(native::gauge(&call::context(&context)?, &name, &help)?))
    }

    /// The histogram called `name` with Prometheus's usual buckets (5 ms to 10 s), made at the first
    /// call.
    ///
    /// `name` is letters, digits and `_`, by custom ending in the unit (`_seconds`); `help` is one
    /// sentence that `/metrics` shows.
    ///
    /// Returns a `Histogram`. An error of kind `already_exists` says that another kind of metric has
    /// the name, one of kind `usage` that the name is no name.
    ///
    /// ```rhai
    /// let latency = metrics::histogram("latency_seconds", "From sending to reading");
    /// latency.observe(0.012);
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn histogram(
        context: NativeCallContext,
        name: ImmutableString,
        help: ImmutableString,
    ) -> RhaiResultOf<Histogram> {
        Ok(types::Histogram(native::histogram(&call::context(&context)?, &name, &help, None)?))
    }

    /// The histogram called `name` with the upper bounds `buckets`, made at the first call.
    ///
    /// `name` is letters, digits and `_`; `help` is one sentence that `/metrics` shows; `buckets` are
    /// rising numbers in the unit of the observations.
    ///
    /// Returns a `Histogram`. An error of kind `already_exists` says that another kind of metric has
    /// the name, one of kind `usage` that the name or the buckets make no sense.
    ///
    /// ```rhai
    /// let sizes = metrics::histogram("size_bytes", "Size of a record", [100, 1000, 10000]);
    /// sizes.observe(420);
    /// ```
    #[rhai_fn(name = "histogram", volatile, return_raw)]
    pub fn histogram_with(
        context: NativeCallContext,
        name: ImmutableString,
        help: ImmutableString,
        buckets: Array,
    ) -> RhaiResultOf<Histogram> {
        let buckets = Some(types::bounds(&buckets)?);
        Ok(types::Histogram(native::histogram(&call::context(&context)?, &name, &help, buckets)?))
    }

    /// The summary called `name`, made at the first call: sum and count of what it observes.
    ///
    /// `name` is letters, digits and `_`, by custom ending in the unit (`_seconds`); `help` is one
    /// sentence that `/metrics` shows.
    ///
    /// Returns a `Summary`. An error of kind `already_exists` says that another kind of metric has
    /// the name, one of kind `usage` that the name is no name.
    ///
    /// ```rhai
    /// let times = metrics::summary("step_seconds", "Time of one step");
    /// times.observe(0.25);
    /// times.observe(1);
    /// [times.sum, times.count] // => [1.25, 2]
    /// ```
    #[rhai_fn(volatile, return_raw)]
    pub fn summary(
        context: NativeCallContext,
        name: ImmutableString,
        help: ImmutableString,
    ) -> RhaiResultOf<Summary> {
        Ok(types::Summary(native::summary(&call::context(&context)?, &name, &help)?))
    }

    /// Adds 1 to a counter.
    ///
    /// ```rhai
    /// metrics::counter("turns_total", "Turns").inc();
    /// ```
    #[rhai_fn(global, pure, volatile)]
    pub fn inc(counter: &mut Counter) {
        counter.0.inc();
    }

    /// Adds `by` to a counter.
    ///
    /// `by` is a number, 0 or more; an error of kind `usage` says that it is not.
    ///
    /// ```rhai
    /// metrics::counter("bytes_total", "Bytes").add(1.5);
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn add(counter: &mut Counter, by: Dynamic) -> RhaiResultOf<()> {
        Ok(types::rise(counter, types::number(&by)?)?)
    }

    /// What a counter counted so far.
    ///
    /// ```rhai
    /// metrics::counter("seen_total", "Records seen").value // => 0.0
    /// ```
    #[rhai_fn(get = "value", pure, volatile)]
    pub fn counted(counter: &mut Counter) -> f64 {
        counter.0.get()
    }

    /// Sets a gauge to `value`, a number; an error of kind `usage` says that it is none.
    ///
    /// ```rhai
    /// metrics::gauge("temperature_celsius", "Of the mirror").set(9.5);
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn set(gauge: &mut Gauge, value: Dynamic) -> RhaiResultOf<()> {
        gauge.0.set(types::number(&value)?);
        Ok(())
    }

    /// Adds `by`, a number of either sign, to a gauge; an error of kind `usage` says that it is none.
    ///
    /// ```rhai
    /// metrics::gauge("open_files", "Open files").add(-1);
    /// ```
    #[rhai_fn(name = "add", global, pure, volatile, return_raw)]
    pub fn add_to_gauge(gauge: &mut Gauge, by: Dynamic) -> RhaiResultOf<()> {
        gauge.0.add(types::number(&by)?);
        Ok(())
    }

    /// The value of a gauge.
    ///
    /// ```rhai
    /// metrics::gauge("waiting_records", "Records that wait").value // => 0.0
    /// ```
    #[rhai_fn(get = "value", pure, volatile)]
    pub fn gauged(gauge: &mut Gauge) -> f64 {
        gauge.0.get()
    }

    /// Adds one observation to a histogram: `value`, a number in the metric's unit; an error of kind
    /// `usage` says that it is none.
    ///
    /// ```rhai
    /// metrics::histogram("wait_seconds", "Waiting").observe(0.3);
    /// ```
    #[rhai_fn(global, pure, volatile, return_raw)]
    pub fn observe(histogram: &mut Histogram, value: Dynamic) -> RhaiResultOf<()> {
        histogram.0.observe(types::number(&value)?);
        Ok(())
    }

    /// Adds one observation to a summary: `value`, a number in the metric's unit; an error of kind
    /// `usage` says that it is none.
    ///
    /// ```rhai
    /// metrics::summary("work_seconds", "Working").observe(2);
    /// ```
    #[rhai_fn(name = "observe", global, pure, volatile, return_raw)]
    pub fn observe_summary(summary: &mut Summary, value: Dynamic) -> RhaiResultOf<()> {
        summary.0.observe(types::number(&value)?);
        Ok(())
    }

    /// The sum of a summary's observations.
    ///
    /// ```rhai
    /// metrics::summary("pause_seconds", "Pausing").sum // => 0.0
    /// ```
    #[rhai_fn(get = "sum", pure, volatile)]
    pub fn sum(summary: &mut Summary) -> f64 {
        summary.0.sum()
    }

    /// How many observations a summary has.
    ///
    /// ```rhai
    /// metrics::summary("pause_seconds", "Pausing").count // => 0
    /// ```
    #[rhai_fn(get = "count", pure, volatile)]
    pub fn count(summary: &mut Summary) -> i64 {
        summary.0.count() as i64
    }
}
