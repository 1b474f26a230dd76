//! One signal: where it lies and how it moves from message to message.

use apache_avro::types::Value;
use fastrand::Rng;

use crate::formats::avro::plan::Scalar;

const WORDS: [&str; 8] =
    ["ready", "nominal", "north", "south", "rack 1", "rack 2", "tracking", "idle"];

/// A value that changes.
#[derive(Debug, Clone)]
pub struct Signal {
    middle: f64,
    swing: f64,
    now: f64,
}

impl Signal {
    /// A signal for a field called `name` in `units`.
    pub fn new(name: &str, units: &str, rng: &mut Rng) -> Signal {
        let (middle, swing) = match units {
            "degC" | "deg_C" | "Celsius" => (11.0, 4.0),
            "deg" | "degrees" | "degree" => (180.0, 170.0),
            "percent" | "%" => (45.0, 40.0),
            "hPa" => (750.0, 6.0),
            "m/s" => (8.0, 6.0),
            "Amp" | "A" | "ampere" => (3.0, 2.0),
            "volt" | "Volt" | "V" => (24.0, 0.5),
            "mm" | "um" => (0.0, 5.0),
            _ if name.to_lowercase().contains("error") => (0.0, 1.0),
            _ => (100.0, 20.0),
        };
        let now = middle + swing * (rng.f64() - 0.5);
        Signal { middle, swing, now }
    }

    /// The next value, as `kind` takes it.
    pub fn next(&mut self, kind: &Scalar, rng: &mut Rng) -> Value {
        // A walk that is drawn back to the middle: neighbouring values look alike.
        let pull = (self.middle - self.now) * 0.05;
        self.now += pull + self.swing * 0.2 * (rng.f64() - 0.5);
        match kind {
            Scalar::Boolean => Value::Boolean(rng.u8(..) < 230),
            Scalar::Int | Scalar::Long => Value::Long(self.now.round() as i64),
            Scalar::Bytes => Value::Bytes(vec![self.now.abs() as u8]),
            // As many digits as SAL writes.
            Scalar::Float | Scalar::Double => Value::Double((self.now * 1e6).round() / 1e6),
            Scalar::String => Value::String(rng.choice(WORDS).unwrap_or_default().into()),
            Scalar::Enum(symbols) => {
                let at = rng.usize(..symbols.names.len().max(1));
                Value::String(symbols.names.get(at).cloned().unwrap_or_default())
            }
        }
    }
}
