//! Handles of metrics, and the bounds of buckets.

use rhai::{Array, Dynamic};

use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::serve::metrics as native;
use crate::serve::{DEFAULT_PORT, Port, Server};

/// A metric that only rises.
#[derive(Debug, Clone)]
pub struct Counter(pub prometheus::Counter);

/// A metric that rises and falls.
#[derive(Debug, Clone)]
pub struct Gauge(pub prometheus::Gauge);

/// Observations counted in buckets.
#[derive(Debug, Clone)]
pub struct Histogram(pub prometheus::Histogram);

/// Observations added up.
#[derive(Debug, Clone)]
pub struct Summary(pub native::Summary);

/// Serves the metrics of the run on `port`; says so on stderr where the default port was taken.
pub fn serve(context: &Context, port: Port) -> Result<String, Failure> {
    let address = Server::start(context, port)?.address();
    if port == Port::Default && address.port() != DEFAULT_PORT {
        eprintln!("note: port {DEFAULT_PORT} is taken: metrics are at http://{address}/metrics");
    }
    Ok(address.to_string())
}

/// The port that a script gave.
pub fn port(number: i64) -> Result<Port, Failure> {
    u16::try_from(number).map(Port::Given).map_err(|_| {
        Failure::new(
            Kind::Usage,
            format!("cannot serve metrics on port {number}: it is 0 to 65535"),
        )
    })
}

/// How much a counter rises: a counter never falls.
pub fn rise(counter: &Counter, by: f64) -> Result<(), Failure> {
    if by.is_nan() || by < 0.0 {
        let message = format!("cannot add {by} to a counter: a counter only rises");
        return Err(Failure::new(Kind::Usage, message).with_remedy("use a gauge"));
    }
    counter.0.inc_by(by);
    Ok(())
}

/// A number of a script: an int or a float.
pub fn number(value: &Dynamic) -> Result<f64, Failure> {
    let float = value.as_float().ok();
    float.or_else(|| value.as_int().ok().map(|int| int as f64)).ok_or_else(|| {
        let message = format!("cannot measure a {}: give a number", value.type_name());
        Failure::new(Kind::Usage, message)
    })
}

/// The upper bounds of a histogram's buckets.
pub fn bounds(buckets: &Array) -> Result<Vec<f64>, Failure> {
    buckets.iter().map(number).collect()
}
