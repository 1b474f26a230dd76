//! What a closure returned, as a message.

use bytes::Bytes;
use rhai::{Array, Dynamic, Map};

use crate::clients::kafka::{Headers, Payload, Record};
use crate::modules::type_word::a_type;
use crate::modules::value::to_avro;
use crate::stream::{Message, StageError};

/// What `answer` makes of `message`: nothing for `()`, the parts of a record or a map instead of
/// its own; parts that a map leaves out stay.
pub fn message(message: Message, answer: Dynamic) -> Result<Option<Message>, StageError> {
    if answer.is_unit() {
        return Ok(None);
    }
    let answer = match answer.try_cast_result::<Record>() {
        Ok(record) => return Ok(Some(Message { topic: message.topic, ..Message::from(record) })),
        Err(other) => other,
    };
    let found = answer.type_name();
    let map = answer.try_cast::<Map>().ok_or_else(|| wrong("a record, a map or ()", found))?;
    let changed =
        map.into_iter().try_fold(message, |message, (name, part)| change(message, &name, part))?;
    Ok(Some(changed))
}

/// Pushes what each item of the array `answer` makes of `message`; `()` is an empty array.
pub fn messages(
    origin: &Message,
    answer: Dynamic,
    out: &mut Vec<Message>,
) -> Result<(), StageError> {
    if answer.is_unit() {
        return Ok(());
    }
    let found = answer.type_name();
    let items = answer.try_cast::<Array>();
    for item in items.ok_or_else(|| wrong("an array of records and maps", found))? {
        out.extend(message(origin.clone(), item)?);
    }
    Ok(())
}

/// Whether the closure returned true.
pub fn verdict(answer: &Dynamic) -> Result<bool, StageError> {
    answer.as_bool().map_err(|found| wrong("true or false", found))
}

/// Pushes `message` with the topic that `answer` names: once for each name of an array, not at all
/// for `()`.
pub fn targets(
    message: Message,
    answer: Dynamic,
    out: &mut Vec<Message>,
) -> Result<(), StageError> {
    let target = |name: Dynamic| {
        let topic = name.into_immutable_string();
        topic.map_err(|found| wrong("the name of a topic, an array of names or ()", found))
    };
    if answer.is_unit() {
        return Ok(());
    }
    if !answer.is_array() {
        let topic = target(answer)?;
        out.push(Message { topic: Some(topic.as_str().into()), ..message });
        return Ok(());
    }
    for name in answer.try_cast::<Array>().into_iter().flatten() {
        let topic = target(name)?;
        out.push(Message { topic: Some(topic.as_str().into()), ..message.clone() });
    }
    Ok(())
}

/// The record's fault: the closure returned something else.
fn wrong(wanted: &str, found: &str) -> StageError {
    let found = a_type(found);
    StageError::poison("usage", format!("the closure returned {found}: it should be {wanted}"))
}

fn change(mut message: Message, name: &str, part: Dynamic) -> Result<Message, StageError> {
    match name {
        "topic" => {
            let topic =
                part.into_immutable_string().map_err(|found| not_a("topic", "text", found))?;
            message.topic = Some(topic.as_str().into());
        }
        "key" => message.key = bytes("key", part)?,
        "value" => message.value = value(part)?,
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

/// A map, or an array of pairs where a name comes twice or the order counts.
fn headers(part: Dynamic) -> Result<Headers, StageError> {
    let wanted = "a map or an array of pairs of a name and a value";
    if part.is_map() {
        let map = part.try_cast::<Map>().unwrap_or_default().into_iter();
        return map.map(|(name, value)| Ok((name.to_string(), bytes("header", value)?))).collect();
    }
    let found = part.type_name();
    let pairs = part.try_cast::<Array>().ok_or_else(|| not_a("headers", wanted, found))?;
    let pair = |item: Dynamic| {
        let found = item.type_name();
        let parts = item.try_cast::<Array>().unwrap_or_default();
        let [name, value] =
            <[Dynamic; 2]>::try_from(parts).map_err(|_| not_a("headers", wanted, found))?;
        let name = name.into_immutable_string();
        let name = name.map_err(|found| not_a("header's name", "text", found))?;
        Ok((name.to_string(), bytes("header", value)?))
    };
    pairs.into_iter().map(pair).collect()
}

/// A map, an array, a number or a bool as a decoded value; anything else as bytes.
fn value(part: Dynamic) -> Result<Option<Payload>, StageError> {
    if part.is_map() || part.is_array() || part.is_int() || part.is_float() || part.is_bool() {
        return Ok(Some(Payload::decoded(to_avro(&part))));
    }
    Ok(bytes("value", part)?.map(Payload::Bytes))
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
    let found = a_type(found);
    let text = format!(
        "the closure returned a record whose {what} is {found}: it should be {wanted}; encode it \
         first, for example with avro::encode or out::json"
    );
    StageError::poison("usage", text)
}
