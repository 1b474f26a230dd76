//! Checking the settings that a client wants for a topic.

use kafka_protocol::ResponseError;

use super::{Definition, TOPIC};
use crate::embedded::broker::fault::Fault;
use crate::embedded::broker::topics::Overrides;

/// The settings in `pairs`, if each exists and has a value of its type.
pub fn topic_overrides<'a>(
    pairs: impl Iterator<Item = (&'a str, Option<&'a str>)>,
) -> Result<Overrides, Fault> {
    let check = |(name, value): (&str, Option<&str>)| {
        let Some(value) = value else {
            let message = format!("Null value not supported for topic configs: {name}");
            return Err(Fault::new(ResponseError::InvalidConfig, message));
        };
        check(TOPIC, name, value)?;
        Ok((name.to_owned(), value.to_owned()))
    };
    pairs.map(check).collect()
}

/// Whether `table` has a setting `name` that may be `value`.
pub fn check(table: &[Definition], name: &str, value: &str) -> Result<(), Fault> {
    let invalid = |message| Err(Fault::new(ResponseError::InvalidConfig, message));
    let Some(row) = table.iter().find(|row| row.name == name) else {
        return invalid(format!("Unknown topic config name: {name}"));
    };
    match row.kind.check(value) {
        Ok(()) => Ok(()),
        Err(why) => invalid(format!("Invalid value {value} for configuration {name}: {why}")),
    }
}
