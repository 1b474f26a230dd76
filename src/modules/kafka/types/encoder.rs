//! Lines into records.

use bytes::Bytes;
use rhai::{Array, Dynamic, Map};
use serde::Deserialize;

use super::bytes::to_bytes;
use super::coding::{Choice, Coding};
use super::envelope;
use crate::clients::kafka::{Headers, Message};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::formats::avro::Schema;
use crate::formats::clock;
use crate::formats::envelope::Envelope;
use crate::modules::error::RhaiResultOf;
use crate::modules::schema::schema;

/// Options of `send_lines`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SendSettings {
    format: String,
    key_format: Option<String>,
    key: Option<String>,
    key_separator: Option<String>,
    partition: Option<i32>,
    timestamp: Dynamic,
    /// Whether the one record has no value.
    pub tombstone: bool,
    subject: Option<String>,
    key_subject: Option<String>,
    frame: bool,
    /// Where the lines are, if not in standard input.
    pub file: Option<String>,
    /// Whether a bad line leaves the others alone.
    pub keep_going: bool,
}

impl Default for SendSettings {
    fn default() -> Self {
        SendSettings {
            format: "raw".to_owned(),
            key_format: None,
            key: None,
            key_separator: None,
            partition: None,
            timestamp: Dynamic::UNIT,
            tombstone: false,
            subject: None,
            key_subject: None,
            frame: true,
            file: None,
            keep_going: false,
        }
    }
}

/// What serde cannot carry: schemas, and headers whose values may be blobs.
pub struct Handles {
    schema: Option<Schema>,
    key_schema: Option<Schema>,
    headers: Headers,
}

impl Handles {
    /// Takes them out of the options.
    pub fn take(given: &mut Map) -> RhaiResultOf<Handles> {
        let mut parsed = |option: &str| match given.remove(option) {
            Some(value) if !value.is_unit() => schema(&value).map(Some),
            _ => Ok(None),
        };
        let (schema, key_schema) = (parsed("schema")?, parsed("key_schema")?);
        Ok(Handles { schema, key_schema, headers: headers(given.remove("headers"))? })
    }
}

/// Makes a record of each line.
pub struct Encoder {
    value: Value,
    key: Key,
    /// What all records have in common.
    common: Message,
}

enum Value {
    Coded(Coding),
    Envelope,
    /// Whatever the line is.
    None,
}

enum Key {
    /// All records have this one, or none.
    Same(Option<Bytes>),
    /// Each line starts with its own, up to the separator.
    Before(String, Coding),
}

impl Encoder {
    /// The encoder for records of `topic`; asks the registry for the schemas that it needs.
    pub fn new(
        context: &Context,
        topic: &str,
        (given, handles): (SendSettings, Handles),
    ) -> Result<Encoder, Failure> {
        let common = Message {
            headers: handles.headers,
            timestamp: timestamp(&given.timestamp)?,
            partition: given.partition,
            ..Message::default()
        };
        if given.format == "envelope" {
            let own = [given.key.is_some(), given.key_separator.is_some(), given.tombstone];
            if own.contains(&true) || common.timestamp.is_some() {
                let why = "an envelope has its own key, value and timestamp";
                let remedy = "leave out `key`, `key_separator`, `tombstone` and `timestamp`";
                return Err(usage(why).with_remedy(remedy));
            }
            return Ok(Encoder { value: Value::Envelope, key: Key::Same(None), common });
        }
        let subject = given.subject.clone().unwrap_or_else(|| format!("{topic}-value"));
        let choice = Choice { subject: &subject, schema: handles.schema, frame: given.frame };
        let value = if given.tombstone {
            Value::None
        } else {
            Value::Coded(Coding::named(context, ("format", &given.format), choice)?)
        };
        let subject = given.key_subject.clone().unwrap_or_else(|| format!("{topic}-key"));
        let choice = Choice { subject: &subject, schema: handles.key_schema, frame: given.frame };
        let word = given.key_format.as_deref().unwrap_or("raw");
        let key = key(&given, Coding::named(context, ("key_format", word), choice)?)?;
        Ok(Encoder { value, key, common })
    }

    /// The record of `line`; none for a line that says nothing. Else why it is none.
    pub fn message(&self, line: &Bytes) -> Result<Option<Message>, String> {
        let coding = match &self.value {
            Value::Envelope if line.trim_ascii().is_empty() => return Ok(None),
            Value::Envelope => return self.enveloped(line).map(Some),
            Value::None => return Ok(Some(self.with(self.same_key(), None))),
            Value::Coded(coding) => coding,
        };
        let (key, value) = match &self.key {
            _ if coding.skips_blank() && line.trim_ascii().is_empty() => return Ok(None),
            Key::Same(key) => (key.clone(), line.clone()),
            Key::Before(separator, coding) => {
                let (key, value) = split(line, separator)?;
                (Some(coding.encode(&key).map_err(|why| format!("its key: {why}"))?), value)
            }
        };
        Ok(Some(self.with(key, Some(coding.encode(&value)?))))
    }

    fn with(&self, key: Option<Bytes>, value: Option<Bytes>) -> Message {
        Message { key, value, ..self.common.clone() }
    }

    fn same_key(&self) -> Option<Bytes> {
        if let Key::Same(key) = &self.key { key.clone() } else { None }
    }

    fn enveloped(&self, line: &Bytes) -> Result<Message, String> {
        let envelope = Envelope::read(line).map_err(|error| error.to_string())?;
        let mut message = envelope::message(envelope);
        message.headers.extend(self.common.headers.iter().cloned());
        message.partition = self.common.partition;
        Ok(message)
    }
}

/// The key of all records, or how each line tells its own.
fn key(given: &SendSettings, coding: Coding) -> Result<Key, Failure> {
    let key = match (&given.key, &given.key_separator) {
        (Some(_), Some(_)) => {
            return Err(
                usage("a record has one key").with_remedy("give either `key` or `key_separator`")
            );
        }
        (None, Some(separator)) if separator.is_empty() => {
            return Err(usage("the separator of keys is empty"));
        }
        (None, Some(separator)) => Key::Before(separator.clone(), coding),
        (key, None) => {
            let bytes = key.clone().map(|key| coding.encode(&key.into())).transpose();
            Key::Same(bytes.map_err(|why| invalid(format!("cannot encode the key: {why}")))?)
        }
    };
    if given.tombstone && !matches!(key, Key::Same(Some(_))) {
        return Err(usage("a tombstone needs a key").with_remedy("give `key`"));
    }
    Ok(key)
}

/// What is before the first `separator` and behind it.
fn split(line: &Bytes, separator: &str) -> Result<(Bytes, Bytes), String> {
    let separator = separator.as_bytes();
    let at = line.windows(separator.len()).position(|window| window == separator);
    let Some(at) = at else {
        return Err(format!("it has no key: there is no `{}`", String::from_utf8_lossy(separator)));
    };
    Ok((line.slice(..at), line.slice(at + separator.len()..)))
}

/// Pairs of a name and text, a blob or `()`.
fn headers(given: Option<Dynamic>) -> Result<Headers, Failure> {
    let wrong = || {
        usage("`headers` is an array of pairs").with_remedy("write them like [[\"unit\", \"K\"]]")
    };
    let Some(given) = given.filter(|given| !given.is_unit()) else { return Ok(Headers::new()) };
    let pairs = given.try_cast::<Array>().ok_or_else(wrong)?;
    let pair = |pair: Dynamic| {
        let pair = pair.try_cast::<Array>().ok_or_else(wrong)?;
        let [name, value] = pair.as_slice() else { return Err(wrong()) };
        let name = name.as_immutable_string_ref().map_err(|_| wrong())?;
        Ok((name.to_string(), to_bytes("header", value)?.map(Into::into)))
    };
    pairs.into_iter().map(pair).collect()
}

/// Milliseconds since 1970: a number, or a time as text.
fn timestamp(given: &Dynamic) -> Result<Option<i64>, Failure> {
    if given.is_unit() {
        return Ok(None);
    }
    let text = given.to_string();
    match given.as_int().ok().or_else(|| text.parse().ok()).or_else(|| clock::time(&text)) {
        Some(time) if time > 0 => Ok(Some(time)),
        Some(time) => Err(usage(&format!("a record cannot have the timestamp {time}"))
            .with_remedy("give milliseconds since 1970, 1 or more")),
        None => Err(usage(&format!("`{text}` is no time"))
            .with_remedy("give milliseconds since 1970, or a time as 2026-01-31T20:15:00Z")),
    }
}

fn usage(why: &str) -> Failure {
    Failure::new(Kind::Usage, format!("cannot send records: {why}"))
}

fn invalid(why: String) -> Failure {
    Failure::new(Kind::Invalid, why)
}
