//! Printing the records of a consumer as they come.

use rhai::{Engine, EvalAltResult, Map, NativeCallContext};
use serde::Deserialize;

use super::printer::{Line, Printer};
use super::{Consumer, Record};
use crate::modules::call;
use crate::modules::error::{RhaiResultOf, failure};
use crate::modules::expression::{Filter, place};
use crate::modules::options::options;

/// Options of `show`, beside `where`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct ShowSettings {
    format: Option<String>,
    key_format: Option<String>,
    max: Option<u64>,
    keep_going: bool,
}

/// Prints the records of `consumer` to its end, and returns how many there were.
pub fn show(call: &NativeCallContext, consumer: &Consumer, mut given: Map) -> RhaiResultOf<i64> {
    let filter = Filter::take(call, &mut given)?;
    let given: ShowSettings = options("show", given)?;
    let line = Line::named(given.format.as_deref(), given.key_format.as_deref())?;
    let mut printer = Printer::new(&call::context(call)?, line);
    let mut shown = 0;
    let end = loop {
        if given.max.is_some_and(|max| shown >= max) {
            break Ok(());
        }
        let record = match consumer.read_or(|| printer.rest()) {
            Ok(Some(record)) => record,
            Ok(None) => break Ok(()),
            Err(failure) => break Err(failure.into()),
        };
        match one(call.engine(), filter.as_ref(), &mut printer, &record) {
            Ok(kept) => shown += u64::from(kept),
            Err(error) if given.keep_going => left_out(&record, &error),
            Err(error) => break Err(error),
        }
        if consumer.is_member() {
            // The group goes on behind what was read: it must have been seen.
            printer.flush();
        }
    };
    printer.flush();
    end?;
    consumer.commit()?;
    Ok(shown as i64)
}

fn one(
    engine: &Engine,
    filter: Option<&Filter>,
    printer: &mut Printer,
    record: &Record,
) -> RhaiResultOf<bool> {
    if let Some(filter) = filter
        && !filter.keeps(engine, record)?
    {
        return Ok(false);
    }
    printer.add(record)?;
    Ok(true)
}

/// Says why `record` is passed over.
pub fn left_out(record: &Record, error: &EvalAltResult) {
    match error.unwrap_inner() {
        // What natives raise names the record.
        EvalAltResult::ErrorRuntime(..) => tracing::warn!("left out: {}", failure(error).message),
        inner => tracing::warn!("left out {}: {}", place(record), failure(inner).message),
    }
}
