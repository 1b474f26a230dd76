//! Copying records from a consumer to a topic.

use rhai::{Map, NativeCallContext};
use serde::Deserialize;

use super::Consumer;
use super::show::left_out;
use crate::clients::kafka::{Message, Producer, Record};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::modules::call;
use crate::modules::error::RhaiResultOf;
use crate::modules::expression::{Filter, place};
use crate::modules::options::options;

/// Options of `copy`, beside `where`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct CopySettings {
    max: Option<u64>,
    keep_going: bool,
}

/// Copies the records of `consumer` to its end to `topic`; a map of how many there were.
pub fn copy(
    call: &NativeCallContext,
    consumer: &Consumer,
    (producer, topic): (&Producer, &str),
    mut given: Map,
) -> RhaiResultOf<Map> {
    let context = call::context(call)?;
    let filter = Filter::take(call, &mut given)?;
    let given: CopySettings = options("copy", given)?;
    if consumer.is_member() {
        // It commits what was read, whether or not the copy was delivered.
        let why = "cannot copy as a member of a group: a copy that fails would be lost";
        let remedy = "use stream::from(topics, #{ group: … }).to(topic).run()";
        return Err(Failure::new(Kind::Usage, why).with_remedy(remedy).into());
    }
    producer.expect(&context, topic)?;
    producer.count(false);
    let (read, kept) =
        read_and_send(call, (consumer, filter.as_ref(), &given), (&context, producer, topic))?;
    let tally = producer.settle(&context)?;
    if let Some((_, code)) = tally.failures.first() {
        let attempt = format!("copy {} of {kept} records to topic `{topic}`", tally.failed);
        return Err(producer.reason(&context, &attempt, *code).into());
    }
    let count = |number: u64| (number as i64).into();
    Ok(Map::from([
        ("consumed".into(), count(read)),
        ("produced".into(), count(tally.delivered())),
        ("skipped".into(), count(read - kept)),
    ]))
}

/// How many records were read, and how many of them were sent.
fn read_and_send(
    call: &NativeCallContext,
    (consumer, filter, given): (&Consumer, Option<&Filter>, &CopySettings),
    (context, producer, topic): (&Context, &Producer, &str),
) -> RhaiResultOf<(u64, u64)> {
    let (mut read, mut kept) = (0, 0);
    while given.max.is_none_or(|max| kept < max) && producer.failed() == 0 {
        let record = match consumer.read() {
            Ok(Some(record)) => record,
            Ok(None) => break,
            Err(failure) if failure.kind == Kind::Cancelled => {
                // What was read is delivered, then the run goes on as after a pipeline.
                context.renew();
                break;
            }
            Err(failure) => return Err(failure.into()),
        };
        read += 1;
        match filter.map_or(Ok(true), |filter| filter.keeps(call.engine(), &record)) {
            Ok(true) => {
                send(context, (producer, topic), &record, read)?;
                kept += 1;
            }
            Ok(false) => {}
            Err(error) if given.keep_going => left_out(&record, &error),
            Err(error) => return Err(error),
        }
    }
    Ok((read, kept))
}

fn send(
    context: &Context,
    (producer, topic): (&Producer, &str),
    record: &Record,
    number: u64,
) -> Result<(), Failure> {
    let sent = producer.send_numbered(context, topic, &Message::of(record), number);
    sent.map_err(|failure| {
        let why = failure.message.split_once(": ").map_or("", |(_, why)| why);
        Failure { message: format!("cannot copy {} to `{topic}`: {why}", place(record)), ..failure }
    })
}
