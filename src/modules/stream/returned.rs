//! What a closure returned, as a message.

use bytes::Bytes;
use rhai::{Dynamic, Map};

use crate::clients::kafka::{Headers, Record};
use crate::stream::{Message, StageError};

/// What `answer` makes of `message`: nothing for `()`, the parts of a record or a map instead of
/// its own; parts that a map leaves out stay.
pub fn message(message: Message, answer: Dynamic) -> Result<Option<Message>, StageError> {
    if answer.is_unit() {
        return Ok(None);
    }
    if let Some(record) = answer.read_lock::<Record>() {
        return Ok(Some(Message { topic: message.topic, ..Message::of(&record) }));
    }
    let found = answer.type_name();
    let map = answer.try_cast::<Map>().ok_or_else(|| wrong("a record, a map or ()", found))?;
    let changed =
        map.into_iter().try_fold(message, |message, (name, part)| change(message, &name, part))?;
    Ok(Some(changed))
}

/// The record's fault: the closure returned something else.
pub fn wrong(wanted: &str, found: &str) -> StageError {
    StageError::poison("usage", format!("the closure returned a {found}: it should be {wanted}"))
}

fn change(mut message: Message, name: &str, part: Dynamic) -> Result<Message, StageError> {
    match name {
        "topic" => {
            let topic =
                part.into_immutable_string().map_err(|found| not_a("topic", "text", found))?;
            message.topic = Some(topic.as_str().into());
        }
        "key" => message.key = bytes("key", part)?,
        "value" => message.value = bytes("value", part)?,
        "timestamp" => {
            let milliseconds = part.as_int();
            message.timestamp =
                Some(milliseconds.map_err(|found| not_a("timestamp", "an int", found))?);
        }
        "headers" => message.headers = headers(part)?,
        other => {
            let text = format!(
                "the closure returned a record with a part `{other}`: the parts are key, value, \
                 headers, timestamp, topic"
            );
            return Err(StageError::poison("usage", text));
        }
    }
    Ok(message)
}

fn headers(part: Dynamic) -> Result<Headers, StageError> {
    let found = part.type_name();
    let map = part.try_cast::<Map>().ok_or_else(|| not_a("headers", "a map", found))?;
    map.into_iter().map(|(name, value)| Ok((name.to_string(), bytes("header", value)?))).collect()
}

/// Text as UTF-8, a blob as it is, null for `()`.
fn bytes(what: &str, value: Dynamic) -> Result<Option<Bytes>, StageError> {
    if value.is_unit() {
        return Ok(None);
    }
    if value.is_blob() {
        return Ok(value.into_blob().ok().map(Bytes::from));
    }
    let text = value.into_immutable_string();
    let text = text.map_err(|found| not_a(what, "text, a blob or ()", found))?;
    Ok(Some(Bytes::copy_from_slice(text.as_bytes())))
}

fn not_a(what: &str, wanted: &str, found: &str) -> StageError {
    let text = format!(
        "the closure returned a record whose {what} is a {found}: it should be {wanted}; encode it \
         first, for example with avro::encode or out::json"
    );
    StageError::poison("usage", text)
}
