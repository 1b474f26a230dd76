//! Writes SAL text messages out of values, as a producer on the observatory's bus would.

use std::collections::HashMap;
use std::fmt::Write as _;

use apache_avro::types::Value;

use super::header;
use super::options::TimeScale;
use super::sent::{Stamp, seconds};
use super::{put, quoted};
use crate::formats::avro::Schema;
use crate::formats::avro::plan::{Field, Plan};
use crate::formats::sal::SalError;

/// Writes the text messages of one topic; the only writer there is: of scripts, mocks and tests.
#[derive(Debug, Clone)]
pub struct Writer {
    topic: String,
    channel: String,
    time: TimeScale,
    fields: Vec<Field>,
    places: HashMap<String, usize>,
    header: header::Fields,
    /// Whether the schema says that messages carry an index.
    indexed: bool,
}

impl Writer {
    /// A writer for `schema`, a record in the layout `kafkaefd` or `ts_xml`; timestamps are
    /// written on the scale `time`, by default UTC in the layout `kafkaefd` and TAI in `ts_xml`.
    pub fn compile(schema: &Schema, time: Option<TimeScale>) -> Result<Writer, SalError> {
        let plan = Plan::compile(schema).map_err(SalError::Plan)?;
        let has = |name: &str| plan.fields.iter().any(|field| field.name == name);
        let (modern, indexed) = (has("private_sndStamp"), has("salIndex"));
        let header = if modern { header::TS_XML } else { header::KAFKAEFD };
        let topic = match plan.namespace.strip_prefix("lsst.sal.") {
            Some(component) if modern => format!("{component}_{}", plan.name),
            _ => plan.name,
        };
        let is_item = |field: &Field| !header.iter().any(|(name, ..)| *name == field.name);
        let fields: Vec<Field> = plan.fields.into_iter().filter(is_item).collect();
        let places = fields.iter().enumerate().map(|(at, field)| (field.name.clone(), at));
        Ok(Writer {
            channel: channel(&topic),
            topic,
            time: time.unwrap_or(if modern { TimeScale::Tai } else { TimeScale::Utc }),
            places: places.collect(),
            fields,
            header,
            indexed: modern && indexed,
        })
    }

    /// The SAL topic.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// The Kafka topic of its text: `<Component>_<kind>`.
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// The scale of the timestamps.
    pub fn time(&self) -> TimeScale {
        self.time
    }

    /// The fields that a message has an item for, in their order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The message with `values`, by field: plain values as `formats::avro::decode` gives them,
    /// or numbers, symbols and text in their place. A field without a value, or with null, gets
    /// zero, false, no text, the first symbol. The fields that a record has of the stamp may be
    /// among them, and are passed over: [`Stamp::take`] reads them. Errors name the field: one
    /// that there is not, a value that does not fit, text that could not be told from the end of
    /// its item.
    pub fn write(&self, stamp: &Stamp, values: &[(String, Value)]) -> Result<String, SalError> {
        let mut placed: Vec<Option<&Value>> = vec![None; self.fields.len()];
        for (name, value) in values {
            let place = self.places.get(name).and_then(|&at| placed.get_mut(at));
            match place {
                Some(place) => *place = Some(value),
                None if self.header.iter().any(|(own, ..)| own == name) => {}
                None => return Err(self.error(name, "there is no such field")),
            }
        }
        self.write_items(stamp, placed.into_iter())
    }

    /// The same with the values in the order of [`Writer::fields`].
    pub fn write_items<'a>(
        &self,
        stamp: &Stamp,
        mut values: impl Iterator<Item = Option<&'a Value>>,
    ) -> Result<String, SalError> {
        if !quoted::holds(stamp.revcode.as_bytes(), false) {
            return Err(self.error("sal_revcode", put::NOT_TOLD));
        }
        let mut text = format!(
            "{} {}:( '{}' , {} , {} , {} , {} , {}",
            self.channel,
            self.topic,
            stamp.revcode,
            seconds(stamp.sent_us, self.time),
            seconds(stamp.received_us, self.time),
            stamp.sequence,
            stamp.origin,
            stamp.host
        );
        if let Some(index) = stamp.index.or(self.indexed.then_some(1)) {
            let _ = write!(text, " , {index}");
        }
        for (at, field) in self.fields.iter().enumerate() {
            text.push_str(" , ");
            let last = at + 1 == self.fields.len();
            let value = values.next().flatten().filter(|value| **value != Value::Null);
            put::item(&field.shape, value, last, &mut text)
                .map_err(|what| self.error(&field.name, &what))?;
        }
        text.push(')');
        Ok(text)
    }

    fn error(&self, field: &str, what: &str) -> SalError {
        SalError::Value {
            topic: self.topic.clone(),
            field: field.to_owned(),
            what: what.to_owned(),
        }
    }
}

/// `Dome_logevent_open` is sent on `Dome_logevent`, `Dome_position` on `Dome_telemetry`.
fn channel(topic: &str) -> String {
    let (component, rest) = topic.split_once('_').unwrap_or((topic, ""));
    let kind = ["command", "logevent"]
        .into_iter()
        .find(|kind| rest.strip_prefix(kind).is_some_and(|rest| rest.starts_with('_')));
    format!("{component}_{}", kind.unwrap_or("telemetry"))
}
