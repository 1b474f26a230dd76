//! The transform of one topic's messages: compiled once from its schema.

use super::cursor::Cursor;
use super::fault::{Fault, Why};
use super::header::{self, Form, Part, Run};
use super::indexed::is_indexed;
use super::item;
use super::message::{Message, excerpt};
use super::options::{Indexed, Options, TimeScale};
use super::quoted::Reading;
use crate::formats::avro::Schema;
use crate::formats::avro::plan::{Field, Plan};
use crate::formats::sal::SalError;

/// How many readings of the quotes of a message are tried before it is given up.
const MOST_READINGS: usize = 64;

/// Writes the text messages of one topic as Avro.
#[derive(Debug, Clone)]
pub struct Transform {
    topic: String,
    component: String,
    time: TimeScale,
    index: Index,
    names: &'static [&'static str; header::ITEMS + 1],
    /// All fields in the order in which they are written.
    ops: Vec<Op>,
    modern: bool,
    /// How long a record is at least; the rest grows.
    room: usize,
}

#[derive(Debug, Clone)]
enum Op {
    Header(Part),
    /// A field of the topic, whether it is the last, and the number of its first value in a
    /// message (from 1, without an index).
    Item(Box<Field>, bool, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Index {
    Never,
    Always,
    Either,
}

impl Transform {
    /// Compiles the transform for `schema`, a record in the layout `kafkaefd` or `ts_xml`.
    pub fn compile(schema: &Schema, options: Options) -> Result<Transform, SalError> {
        let plan = Plan::compile(schema).map_err(SalError::Plan)?;
        let has = |name: &str| plan.fields.iter().any(|field| field.name == name);
        let modern = has("private_sndStamp");
        if !modern && !has("sal_created") {
            return Err(SalError::Layout {
                topic: plan.name,
                what: "its schema has neither `sal_created` nor `private_sndStamp`".into(),
            });
        }
        let fields = if modern { header::TS_XML } else { header::KAFKAEFD };
        let (component, topic) = names(schema, &plan, modern);
        let index = match options.indexed {
            _ if modern => {
                if has("salIndex") {
                    Index::Always
                } else {
                    Index::Never
                }
            }
            Indexed::Always => Index::Always,
            Indexed::ByComponent if is_indexed(&component) => Index::Either,
            Indexed::ByComponent | Indexed::Never => Index::Never,
        };
        let ops = ops(plan, fields, &topic)?;
        Ok(Transform {
            time: options.time.unwrap_or(if modern { TimeScale::Tai } else { TimeScale::Utc }),
            names: if modern { &header::TS_XML_NAMES } else { &header::KAFKAEFD_NAMES },
            room: 64 + 10 * ops.len(),
            topic,
            component,
            index,
            ops,
            modern,
        })
    }

    /// The SAL topic whose messages this writes: `ATAOS_logevent_heartbeat`.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// Appends `message` as an Avro record (without a wire header) to `out`; `now_ms` is the time
    /// of writing, in UTC milliseconds since 1970. After an error `out` is as before. The error
    /// names topic, field, item and value.
    pub fn write(
        &self,
        message: &Message<'_>,
        now_ms: i64,
        out: &mut Vec<u8>,
    ) -> Result<(), SalError> {
        if message.topic != self.topic {
            return Err(SalError::OtherTopic {
                topic: message.topic.to_owned(),
                expected: self.topic.clone(),
            });
        }
        let run = Run { now_ms, time: self.time, component: &self.component };
        out.reserve(self.room);
        let indexed = self.index == Index::Always;
        let Err(first) = self.readings(message.items, &run, indexed, out) else { return Ok(()) };
        if self.index == Index::Either && self.readings(message.items, &run, true, out).is_ok() {
            return Ok(());
        }
        Err(self.error(message.items, indexed, first))
    }

    /// Tries readings of the quotes; the error is the one of the first.
    fn readings(
        &self,
        items: &[u8],
        run: &Run<'_>,
        indexed: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), (usize, Fault)> {
        let start = out.len();
        let mut reading = Reading::default();
        let Err(first) = self.read(items, run, indexed, &mut reading, out) else { return Ok(()) };
        for _ in 0..MOST_READINGS {
            out.truncate(start);
            if !reading.advance() {
                break;
            }
            reading.met = 0;
            reading.exhausted = false;
            if self.read(items, run, indexed, &mut reading, out).is_ok() {
                return Ok(());
            }
        }
        out.truncate(start);
        Err(first)
    }

    /// One pass over the items; the error carries the op it came from (header items first).
    fn read(
        &self,
        items: &[u8],
        run: &Run<'_>,
        indexed: bool,
        reading: &mut Reading,
        out: &mut Vec<u8>,
    ) -> Result<(), (usize, Fault)> {
        let mut cursor = Cursor { text: items, at: 0 };
        let header = header::read(&mut cursor, reading, Form { indexed, modern: self.modern })?;
        for (number, op) in self.ops.iter().enumerate() {
            match op {
                Op::Header(part) => header::write(*part, &header, run, out),
                Op::Item(field, last, _) => {
                    let place = |fault| (header::ITEMS + 1 + number, fault);
                    cursor.comma().map_err(place)?;
                    item::write(field, &mut cursor, *last, reading, out).map_err(place)?;
                }
            }
        }
        cursor.end().map_err(|fault| (usize::MAX, fault))
    }

    #[cold]
    fn error(&self, items: &[u8], indexed: bool, (place, fault): (usize, Fault)) -> SalError {
        let shift = usize::from(indexed);
        let op = place.checked_sub(header::ITEMS + 1).and_then(|number| self.ops.get(number));
        let (field, item) = match op {
            Some(Op::Item(field, _, first)) => (&*field.name, first + shift + fault.element),
            _ => (self.names.get(place).copied().unwrap_or_default(), place.saturating_add(1)),
        };
        let rest = Cursor { text: items, at: fault.at };
        let value = match fault.why {
            Why::Missing => b"",
            Why::Quotes | Why::Utf8 => rest.text.get(fault.at..).unwrap_or_default(),
            _ => rest.token(),
        };
        SalError::Item {
            topic: self.topic.clone(),
            field: field.to_owned(),
            item,
            value: excerpt(value.trim_ascii()),
            why: fault.why.words(),
        }
    }
}

/// The component and the SAL topic of a schema.
fn names(schema: &Schema, plan: &Plan, modern: bool) -> (String, String) {
    if modern {
        let component = plan.namespace.rsplit('.').next().unwrap_or_default();
        return (component.to_owned(), format!("{component}_{}", plan.name));
    }
    let told = schema.json().get("sal_subsystem").and_then(serde_json::Value::as_str);
    let component = told.or_else(|| plan.name.split('_').next()).unwrap_or_default();
    (component.to_owned(), plan.name.clone())
}

fn ops(
    plan: Plan,
    fields: &'static [(&'static str, Part, crate::formats::avro::plan::Scalar)],
    topic: &str,
) -> Result<Vec<Op>, SalError> {
    let mut ops = Vec::with_capacity(plan.fields.len());
    let mut number = header::ITEMS + 1;
    for field in plan.fields {
        match header::part(fields, &field) {
            Ok(Some(part)) => ops.push(Op::Header(part)),
            Ok(None) => {
                let first = number;
                number += values(&field);
                ops.push(Op::Item(Box::new(field), false, first));
            }
            Err(scalar) => {
                let wanted = format!("{scalar:?}").to_lowercase();
                let what = format!("the field `{}` must be {wanted}", field.name);
                return Err(SalError::Layout { topic: topic.to_owned(), what });
            }
        }
    }
    if let Some(Op::Item(_, last, _)) = ops.iter_mut().rfind(|op| matches!(op, Op::Item(..))) {
        *last = true;
    }
    Ok(ops)
}

/// How many values a field takes in a message, apart from text sent as one.
fn values(field: &Field) -> usize {
    use crate::formats::avro::plan::{Scalar, Shape};
    match &field.shape {
        Shape::One(_) | Shape::Many { items: Scalar::String, .. } => 1,
        Shape::Many { count, .. } => count.unwrap_or(1),
    }
}
