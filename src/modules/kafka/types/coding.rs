//! Lines of text into the bytes of keys and values.

use bytes::Bytes;

use crate::clients::registry::{Draft, Registry, Terms};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::formats::avro::{self, AvroError, Schema, wire};
use crate::nearest::nearest;

/// How the text of a key or a value becomes its bytes.
pub enum Coding {
    /// As it is.
    Raw,
    /// As it is, if it is UTF-8.
    Text,
    /// As it is, if it is JSON.
    Json,
    /// JSON as Avro, after the wire header with this id if there is one.
    Avro(Schema, Option<u32>),
}

/// Which schema encodes keys or values.
pub struct Choice<'a> {
    /// The subject that holds it, or under which it is registered.
    pub subject: &'a str,
    /// The schema, where it is not the latest of the subject.
    pub schema: Option<Schema>,
    /// Whether the wire header comes first.
    pub frame: bool,
}

impl Coding {
    /// What the option `option` says with `word`.
    pub fn named(
        context: &Context,
        (option, word): (&str, &str),
        choice: Choice<'_>,
    ) -> Result<Coding, Failure> {
        let words = ["raw", "text", "json", "avro"];
        match word {
            "raw" => Ok(Coding::Raw),
            "text" => Ok(Coding::Text),
            "json" => Ok(Coding::Json),
            "avro" => Coding::avro(context, choice),
            _ => {
                let why = format!("`{option}` is one of {}, not \"{word}\"", words.join(", "));
                let near = nearest(word, words).map(|near| format!("did you mean \"{near}\"?"));
                Err(Failure { remedy: near, ..Failure::new(Kind::Usage, why) })
            }
        }
    }

    fn avro(context: &Context, choice: Choice<'_>) -> Result<Coding, Failure> {
        let Choice { subject, schema, frame } = choice;
        match schema {
            Some(schema) if !frame => Ok(Coding::Avro(schema, None)),
            Some(schema) => {
                let draft = Draft::avro(&schema, Vec::new());
                let id = Registry::of(context)?.register(subject, &draft, Terms::default())?;
                Ok(Coding::Avro(schema, Some(id)))
            }
            None => {
                let (id, schema) = Registry::of(context)?.current(subject).map_err(|error| {
                    let failure = Failure::from(error);
                    match failure.kind {
                        Kind::NotFound => failure.with_remedy(
                            "name another subject, give the schema itself, or register one with: \
                             kafkaefd registry upload",
                        ),
                        _ => failure,
                    }
                })?;
                Ok(Coding::Avro(schema, frame.then_some(id)))
            }
        }
    }

    /// Whether an empty line is one that says nothing, and not an empty text.
    pub fn skips_blank(&self) -> bool {
        matches!(self, Coding::Json | Coding::Avro(..))
    }

    /// The bytes of `line`; else why it has none, as a sentence about `it`.
    pub fn encode(&self, line: &Bytes) -> Result<Bytes, String> {
        match self {
            Coding::Raw => Ok(line.clone()),
            Coding::Text => text(line).map(|text| line.slice_ref(text.as_bytes())),
            Coding::Json => {
                let text = text(line)?;
                let checked: Result<serde::de::IgnoredAny, _> = serde_json::from_str(text);
                checked.map_err(|error| not_json(&error))?;
                Ok(line.slice_ref(text.as_bytes()))
            }
            Coding::Avro(schema, id) => {
                let json = serde_json::from_slice(line).map_err(|error| not_json(&error))?;
                let body = avro::encode_json(schema, json).map_err(|error| misfit(&error))?;
                let Some(id) = id else { return Ok(body.into()) };
                let mut bytes = Vec::with_capacity(wire::HEADER + body.len());
                wire::frame(*id, &mut bytes);
                bytes.extend_from_slice(&body);
                Ok(bytes.into())
            }
        }
    }
}

/// The line as text, without the carriage return of other systems.
fn text(line: &Bytes) -> Result<&str, String> {
    let text = std::str::from_utf8(line)
        .map_err(|error| format!("it is not UTF-8 from byte {} on", error.valid_up_to() + 1))?;
    Ok(text.strip_suffix('\r').unwrap_or(text))
}

fn not_json(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let why = text.rsplit_once(" at line ").map_or(&*text, |(why, _)| why);
    format!("it is not JSON: {why} (column {})", error.column())
}

fn misfit(error: &AvroError) -> String {
    match error {
        AvroError::Encode { what, place } => format!("it is no {what}: {place}"),
        other => other.to_string(),
    }
}
