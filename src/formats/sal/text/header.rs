//! What every message begins with, and the fields it becomes.

use super::cursor::Cursor;
use super::fault::{Fault, Why};
use super::options::TimeScale;
use super::quoted::{Reading, text};
use super::stamp::{self, TAI_MINUS_UTC};
use crate::formats::avro::plan::{Field, Scalar, Shape, put_bytes, put_double, put_long};

/// How many items come before those of the topic, without the index.
pub const ITEMS: usize = 6;

/// The items before those of the topic.
pub struct Header<'a> {
    pub revcode: &'a [u8],
    pub sent: f64,
    pub received: f64,
    pub sequence: i64,
    pub origin: i64,
    pub host: i64,
    pub index: Option<i64>,
}

/// A field that is filled from the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Now,
    Revcode,
    Created,
    Ingested,
    Sequence,
    Origin,
    Host,
    Index,
    Sent,
    Received,
    SentUtc,
    NowTai,
    Identity,
}

/// The header fields of a layout: name, part and type.
pub type Fields = &'static [(&'static str, Part, Scalar)];

/// The fields of the layout `kafkaefd`.
pub const KAFKAEFD: Fields = &[
    ("kafka_timestamp", Part::Now, Scalar::Long),
    ("sal_revcode", Part::Revcode, Scalar::String),
    ("sal_created", Part::Created, Scalar::Long),
    ("sal_ingested", Part::Ingested, Scalar::Long),
    ("sal_sequence", Part::Sequence, Scalar::Long),
    ("sal_origin", Part::Origin, Scalar::Int),
    ("sal_host", Part::Host, Scalar::Int),
];

/// The fields of the layout `ts_xml`.
pub const TS_XML: Fields = &[
    ("salIndex", Part::Index, Scalar::Int),
    ("private_sndStamp", Part::Sent, Scalar::Double),
    ("private_rcvStamp", Part::Received, Scalar::Double),
    ("private_efdStamp", Part::SentUtc, Scalar::Double),
    ("private_kafkaStamp", Part::NowTai, Scalar::Double),
    ("private_seqNum", Part::Sequence, Scalar::Int),
    ("private_revCode", Part::Revcode, Scalar::String),
    ("private_identity", Part::Identity, Scalar::String),
    ("private_origin", Part::Origin, Scalar::Int),
];

/// What the header's items are called in errors, in their order in a message; the index is last.
pub const KAFKAEFD_NAMES: [&str; ITEMS + 1] = [
    "sal_revcode",
    "sal_created",
    "sal_ingested",
    "sal_sequence",
    "sal_origin",
    "sal_host",
    "the index",
];

/// The same for the layout `ts_xml`.
pub const TS_XML_NAMES: [&str; ITEMS + 1] = [
    "private_revCode",
    "private_sndStamp",
    "private_rcvStamp",
    "private_seqNum",
    "private_origin",
    "the host",
    "salIndex",
];

/// The part that `field` takes, if the layout `fields` knows it; the error is the type that the
/// layout wants.
pub fn part(fields: Fields, field: &Field) -> Result<Option<Part>, &'static Scalar> {
    match fields.iter().find(|(name, ..)| *name == field.name) {
        None => Ok(None),
        Some((_, part, scalar)) => match &field.shape {
            Shape::One(own) if own == scalar && field.branch.is_none() => Ok(Some(*part)),
            _ => Err(scalar),
        },
    }
}

/// What a message's header looks like.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Whether an index follows the host.
    pub indexed: bool,
    /// Whether the layout is `ts_xml`.
    pub modern: bool,
}

/// Reads the header; the error carries the number of its item, from 0.
#[inline]
pub fn read<'a>(
    cursor: &mut Cursor<'a>,
    reading: &mut Reading,
    form: Form,
) -> Result<Header<'a>, (usize, Fault)> {
    cursor.blanks();
    if cursor.at == cursor.text.len() {
        return Err((0, cursor.fault(Why::Missing)));
    }
    let revcode = text(cursor, false, reading).map_err(|fault| (0, fault))?;
    let sent = next(cursor, 1, stamp::seconds)?;
    let received = next(cursor, 2, stamp::seconds)?;
    // Each layout keeps one of the two in 32 bits; the other one is wider or dropped.
    let sequence = next(cursor, 3, if form.modern { Cursor::int } else { Cursor::long })?;
    let origin = next(cursor, 4, Cursor::int)?;
    let host = next(cursor, 5, if form.modern { Cursor::long } else { Cursor::int })?;
    let index = if form.indexed { Some(next(cursor, ITEMS, Cursor::int)?) } else { None };
    Ok(Header { revcode, sent, received, sequence, origin, host, index })
}

#[inline]
fn next<'a, T>(
    cursor: &mut Cursor<'a>,
    item: usize,
    value: impl FnOnce(&mut Cursor<'a>) -> Result<T, Fault>,
) -> Result<T, (usize, Fault)> {
    cursor.comma().and_then(|()| value(cursor)).map_err(|fault| (item, fault))
}

/// Writes the field `part`.
#[inline]
pub fn write(part: Part, header: &Header<'_>, run: &Run<'_>, out: &mut Vec<u8>) {
    match part {
        Part::Now => put_long(run.now_ms, out),
        Part::Revcode => put_bytes(header.revcode, out),
        Part::Created => put_long(stamp::utc_millis(header.sent, run.time), out),
        Part::Ingested => put_long(stamp::utc_millis(header.received, run.time), out),
        Part::Sequence => put_long(header.sequence, out),
        Part::Origin => put_long(header.origin, out),
        Part::Host => put_long(header.host, out),
        Part::Index => put_long(header.index.unwrap_or_default(), out),
        Part::Sent => put_double(header.sent, out),
        Part::Received => put_double(header.received, out),
        Part::SentUtc => put_double(stamp::utc_seconds(header.sent, run.time), out),
        Part::NowTai => put_double(run.now_ms as f64 / 1_000.0 + TAI_MINUS_UTC as f64, out),
        Part::Identity => identity(run.component, header.index, out),
    }
}

/// What one message is written with, beside its own text.
pub struct Run<'a> {
    /// The time of writing, in UTC milliseconds since 1970.
    pub now_ms: i64,
    pub time: TimeScale,
    pub component: &'a str,
}

fn identity(component: &str, index: Option<i64>, out: &mut Vec<u8>) {
    match index {
        None => put_bytes(component.as_bytes(), out),
        Some(index) => put_bytes(format!("{component}:{index}").as_bytes(), out),
    }
}
