//! Sending many lines as records, and telling what became of each.

use bytes::Bytes;
use rhai::{Array, Dynamic, Map, NativeCallContext};

use super::bytes::to_bytes;
use super::delivery_map;
use super::encoder::{Encoder, Handles, SendSettings};
use super::lines::Lines;
use crate::clients::kafka::{Producer, Tally};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;

/// Sends the lines that `given` names to `topic`; the map of what became of them.
pub fn send_lines(
    call: &NativeCallContext,
    producer: &Producer,
    topic: &str,
    mut given: Map,
) -> RhaiResultOf<Map> {
    let context = call::context(call)?;
    let handles = Handles::take(&mut given)?;
    let values = values(given.remove("values"))?;
    let given: SendSettings = options("send_lines", given)?;
    let (tombstone, keep_going, file) = (given.tombstone, given.keep_going, given.file.clone());
    if tombstone && (values.is_some() || file.is_some()) {
        let why = "cannot send records: a tombstone has no value";
        return Err(Failure::new(Kind::Usage, why).into());
    }
    producer.expect(&context, topic)?;
    let encoder = Encoder::new(&context, topic, (given, handles))?;
    producer.count(tombstone || values.is_some());
    let lines = match values {
        _ if tombstone => Lines::given(vec![Bytes::new()]),
        Some(values) => Lines::given(values),
        None => Lines::open(file.as_deref())?,
    };
    let (sent, failed, first) = (0, 0, None);
    let sending =
        Sending { context, producer, topic, encoder, lines, keep_going, sent, failed, first };
    sending.run()
}

/// Lines on their way to a topic.
struct Sending<'a> {
    context: Context,
    producer: &'a Producer,
    topic: &'a str,
    encoder: Encoder,
    lines: Lines,
    keep_going: bool,
    /// How many lines were sent, or should have been.
    sent: u64,
    failed: u64,
    first: Option<Failure>,
}

impl Sending<'_> {
    fn run(mut self) -> RhaiResultOf<Map> {
        while let Some((number, line)) = self.lines.next(&self.context)? {
            match self.encoder.message(&line) {
                Ok(None) => continue,
                Ok(Some(message)) => {
                    let producer = self.producer;
                    let sent = producer.send_numbered(&self.context, self.topic, &message, number);
                    self.note(number, sent)?;
                }
                Err(why) => {
                    let why = format!("cannot send {}: {why}", self.lines.title(number));
                    self.fail(Failure::new(Kind::Invalid, why));
                }
            }
            self.sent += 1;
            if !self.keep_going && (self.failed > 0 || self.producer.failed() > 0) {
                break;
            }
        }
        self.finish()
    }

    /// What queueing said: a record that Kafka cannot take is one line's fault, anything else
    /// would befall the others, too.
    fn note(&mut self, number: u64, sent: Result<(), Failure>) -> Result<(), Failure> {
        match sent {
            Err(failure) if failure.kind == Kind::Invalid || failure.kind == Kind::NotFound => {
                self.fail(named(failure, &self.lines.title(number)));
                Ok(())
            }
            other => other,
        }
    }

    fn fail(&mut self, failure: Failure) {
        if self.keep_going {
            tracing::warn!("{}", failure.message);
        }
        self.failed += 1;
        self.first.get_or_insert(failure);
    }

    fn finish(mut self) -> RhaiResultOf<Map> {
        let tally = self.producer.settle(&self.context)?;
        for (number, code) in &tally.failures {
            let attempt = format!("send {}", self.lines.title(*number));
            self.fail(self.producer.reason(&self.context, &attempt, *code).into());
        }
        let unnamed = tally.failed - tally.failures.len() as u64;
        self.failed += unnamed;
        let error = self.first.map(|first| match self.failed {
            1 => first,
            failed => {
                let sent = self.sent;
                let message =
                    format!("{failed} of {sent} records were not sent: {}", first.message);
                Failure { message, ..first }
            }
        });
        Ok(summary(self.topic, tally, self.failed, error))
    }
}

/// The failure with the line in place of "a record".
fn named(failure: Failure, title: &str) -> Failure {
    let message = match failure.message.split_once(": ") {
        Some((_, why)) => format!("cannot send {title}: {why}"),
        None => failure.message.clone(),
    };
    Failure { message, ..failure }
}

fn summary(topic: &str, tally: Tally, failed: u64, error: Option<Failure>) -> Map {
    let records = tally.delivered();
    let row = |(partition, span): (&i32, &crate::clients::kafka::Span)| {
        Dynamic::from_map(Map::from([
            ("topic".into(), topic.into()),
            ("partition".into(), i64::from(*partition).into()),
            ("records".into(), (span.records as i64).into()),
            ("first".into(), span.first.into()),
            ("last".into(), span.last.into()),
        ]))
    };
    let partitions: Array = tally.partitions.iter().map(row).collect();
    let mut places = tally.places;
    places.sort_by_key(|(number, _)| *number);
    let places: Array = places.into_iter().map(|(_, place)| delivery_map(place).into()).collect();
    let error = error.map_or(Dynamic::UNIT, |failure| {
        let raised: Box<rhai::EvalAltResult> = failure.into();
        match *raised {
            rhai::EvalAltResult::ErrorRuntime(map, _) => map,
            other => other.to_string().into(),
        }
    });
    Map::from([
        ("records".into(), (records as i64).into()),
        ("failed".into(), (failed as i64).into()),
        ("partitions".into(), partitions.into()),
        ("places".into(), places.into()),
        ("error".into(), error),
    ])
}

/// The values that a script gave; none where it gave none, or an empty array.
fn values(given: Option<Dynamic>) -> Result<Option<Vec<Bytes>>, Failure> {
    let Some(given) = given.filter(|given| !given.is_unit()) else { return Ok(None) };
    let wrong = || Failure::new(Kind::Usage, "`values` is an array of text and blobs");
    let values = given.try_cast::<Array>().ok_or_else(wrong)?;
    let one = |value: &Dynamic| to_bytes("value", value)?.map(Into::into).ok_or_else(wrong);
    let values: Vec<Bytes> = values.iter().map(one).collect::<Result<_, _>>()?;
    Ok((!values.is_empty()).then_some(values))
}
