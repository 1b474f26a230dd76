//! Writes SAL text messages out of values, as a producer on the observatory's bus would.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::header;
use super::options::TimeScale;
use super::stamp::TAI_MINUS_UTC;
use crate::formats::avro::Schema;
use crate::formats::avro::plan::{Field, Plan, Scalar, Shape};
use crate::formats::sal::SalError;

/// Writes the text messages of one topic.
#[derive(Debug, Clone)]
pub struct Writer {
    topic: String,
    channel: String,
    time: TimeScale,
    fields: Vec<Field>,
}

/// What a message says about itself.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The revision code of the interfaces.
    pub revcode: String,
    /// When it was sent, in UTC milliseconds since 1970.
    pub sent_ms: i64,
    /// When it was received.
    pub received_ms: i64,
    /// Its sequence number.
    pub sequence: i64,
    /// Who sent it.
    pub origin: i64,
    /// From where.
    pub host: i64,
    /// Which of the components of that name, where there are several.
    pub index: Option<i64>,
}

impl Writer {
    /// A writer for `schema`, a record in the layout `kafkaefd` or `ts_xml`; timestamps are
    /// written on the scale `time`.
    pub fn compile(schema: &Schema, time: TimeScale) -> Result<Writer, SalError> {
        let plan = Plan::compile(schema).map_err(SalError::Plan)?;
        let modern = plan.fields.iter().any(|field| field.name == "private_sndStamp");
        let parts = if modern { header::TS_XML } else { header::KAFKAEFD };
        let topic = match plan.namespace.strip_prefix("lsst.sal.") {
            Some(component) if modern => format!("{component}_{}", plan.name),
            _ => plan.name,
        };
        let is_header = |field: &Field| parts.iter().any(|(name, ..)| *name == field.name);
        let fields = plan.fields.into_iter().filter(|field| !is_header(field)).collect();
        Ok(Writer { channel: channel(&topic), topic, time, fields })
    }

    /// The SAL topic.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// The Kafka topic of its text: `<Component>_<kind>`.
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// The fields that a message has an item for, in their order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The message with one value of `values` for each field, by name; arrays for arrays, text or
    /// the number for enums, numbers 0 to 255 for bytes. Errors name the field.
    pub fn write(&self, stamp: &Stamp, values: &Map<String, Value>) -> Result<String, SalError> {
        let shift = if self.time == TimeScale::Tai { TAI_MINUS_UTC * 1_000 } else { 0 };
        let seconds = |millis: i64| (millis + shift) as f64 / 1_000.0;
        let mut text = format!(
            "{} {}:( '{}' , {:.6} , {:.6} , {} , {} , {}",
            self.channel,
            self.topic,
            stamp.revcode,
            seconds(stamp.sent_ms),
            seconds(stamp.received_ms),
            stamp.sequence,
            stamp.origin,
            stamp.host
        );
        if let Some(index) = stamp.index {
            let _ = write!(text, " , {index}");
        }
        let known = |name: &String| self.fields.iter().any(|field| field.name == *name);
        if let Some(name) = values.keys().find(|name| !known(name)) {
            return Err(self.error(name, "there is no such field"));
        }
        for field in &self.fields {
            let value = values.get(&field.name);
            let value = value.ok_or_else(|| self.error(&field.name, "it has no value"))?;
            text.push_str(" , ");
            shape(&field.shape, value, &mut text).map_err(|what| self.error(&field.name, &what))?;
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

fn shape(shape: &Shape, value: &Value, text: &mut String) -> Result<(), String> {
    let (items, count) = match shape {
        Shape::One(kind) => return scalar(kind, value, text),
        Shape::Many { items, count } => (items, count),
    };
    let values = value.as_array().ok_or_else(|| format!("{value} is no array"))?;
    if let Some(count) = count.filter(|count| *count != values.len()) {
        return Err(format!("it has {} values, not {count}", values.len()));
    }
    if *items == Scalar::String {
        let parts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        let _ = write!(text, "'{}'", parts.join("', '"));
        return Ok(());
    }
    for (index, value) in values.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { ", " });
        scalar(items, value, text)?;
    }
    Ok(())
}

fn scalar(kind: &Scalar, value: &Value, text: &mut String) -> Result<(), String> {
    let fails = |wanted: &str| format!("{value} is no {wanted}");
    let integer = |low: i64, high: i64| {
        let number = value.as_i64().filter(|number| (low..=high).contains(number));
        number.ok_or_else(|| format!("{value} is no integer from {low} to {high}"))
    };
    // Writing into a string cannot fail.
    let _ = match kind {
        Scalar::Boolean => {
            write!(text, "{}", i32::from(value.as_bool().ok_or_else(|| fails("boolean"))?))
        }
        Scalar::Int => write!(text, "{}", integer(i32::MIN.into(), i32::MAX.into())?),
        Scalar::Long => write!(text, "{}", integer(i64::MIN, i64::MAX)?),
        Scalar::Bytes => write!(text, "{}", integer(0, 255)?),
        Scalar::Float | Scalar::Double => match (value.as_f64(), value.as_str()) {
            (Some(number), _) => write!(text, "{number:.6}"),
            (None, Some(word @ ("nan" | "NaN" | "inf" | "-inf"))) => {
                write!(text, "{}", word.to_lowercase())
            }
            _ => return Err(fails("number")),
        },
        Scalar::String => write!(text, "'{}'", value.as_str().ok_or_else(|| fails("text"))?),
        Scalar::Enum(symbols) => match (value.as_i64(), value.as_str()) {
            (Some(number), _) if symbols.values.contains(&number) => write!(text, "{number}"),
            (_, Some(name)) => match symbols.names.iter().position(|symbol| symbol == name) {
                Some(at) => write!(text, "{}", symbols.values.get(at).unwrap_or(&0)),
                None => return Err(fails("symbol of the enumeration")),
            },
            _ => return Err(fails("symbol of the enumeration")),
        },
    };
    Ok(())
}
