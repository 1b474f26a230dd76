//! What a message says about itself: the items before those of its topic.

use apache_avro::types::Value;

use super::options::TimeScale;
use super::stamp::TAI_MINUS_UTC;
use crate::formats::avro::integer;

/// What a message says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The revision code of the interfaces.
    pub revcode: String,
    /// When it was sent, in UTC microseconds since 1970.
    pub sent_us: i64,
    /// When it was received.
    pub received_us: i64,
    /// Its sequence number.
    pub sequence: i64,
    /// Who sent it.
    pub origin: i64,
    /// From where.
    pub host: i64,
    /// Which of the components of that name, where there are several.
    pub index: Option<i64>,
}

impl Stamp {
    /// The stamp of a first message that was sent and received at `now_ms`, in UTC milliseconds
    /// since 1970.
    pub fn at(now_ms: i64) -> Stamp {
        let micros = now_ms.saturating_mul(1_000);
        Stamp {
            revcode: "kafkaefd".into(),
            sent_us: micros,
            received_us: micros,
            sequence: 1,
            origin: 1,
            host: 1,
            index: None,
        }
    }

    /// Takes over what `values` hold of a message's stamp: the fields that a record has of it in
    /// either layout. In the layout `ts_xml` its times are on the scale `time`.
    pub fn take(&mut self, values: &[(String, Value)], time: TimeScale) {
        // In the layout `kafkaefd` an item may be called so.
        let modern = values.iter().any(|(name, _)| name == "private_sndStamp");
        for (name, value) in values {
            let number = integer(value);
            let millis = number.map(|millis| millis.saturating_mul(1_000));
            match name.as_str() {
                "sal_revcode" | "private_revCode" => {
                    if let Value::String(text) = value {
                        text.clone_into(&mut self.revcode);
                    }
                }
                "sal_created" => self.sent_us = millis.unwrap_or(self.sent_us),
                "sal_ingested" => self.received_us = millis.unwrap_or(self.received_us),
                "private_sndStamp" => self.sent_us = micros(value, time).unwrap_or(self.sent_us),
                "private_rcvStamp" => {
                    self.received_us = micros(value, time).unwrap_or(self.received_us);
                }
                "sal_sequence" | "private_seqNum" => {
                    self.sequence = number.unwrap_or(self.sequence);
                }
                "sal_origin" | "private_origin" => self.origin = number.unwrap_or(self.origin),
                "sal_host" => self.host = number.unwrap_or(self.host),
                "salIndex" if modern => self.index = number.or(self.index),
                _ => {}
            }
        }
    }
}

/// A time in seconds on the scale `time` as UTC microseconds.
fn micros(value: &Value, time: TimeScale) -> Option<i64> {
    let Value::Double(seconds) = value else { return None };
    Some(((seconds * 1e6).round() as i64).saturating_sub(shift(time)))
}

/// `micros` (UTC) in seconds with six decimals on the scale `time`.
pub fn seconds(micros: i64, time: TimeScale) -> String {
    let micros = micros.saturating_add(shift(time));
    let size = micros.unsigned_abs();
    let sign = if micros < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
}

fn shift(time: TimeScale) -> i64 {
    match time {
        TimeScale::Utc => 0,
        TimeScale::Tai => TAI_MINUS_UTC * 1_000_000,
    }
}
