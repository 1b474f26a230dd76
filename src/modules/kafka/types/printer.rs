//! Records as lines of text.

use serde_json::{Value as Json, json};

use super::{Record, envelope};
use crate::context::{Context, stdout};
use crate::error::{Failure, Kind};
use crate::modules::expression::place;
use crate::modules::payload::{self, Form};
use crate::modules::text::visible;
use crate::nearest::nearest;
use crate::settings::Output;

/// How much text waits to be written together.
const BUFFER: usize = 64 << 10;

/// What a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The bytes of the value.
    Raw,
    /// The envelope, which keeps every byte.
    Envelope,
    /// The record with key and value decoded so.
    Decoded { key: Form, value: Form },
}

impl Line {
    /// What `format` and `key_format` name.
    pub fn named(format: Option<&str>, key_format: Option<&str>) -> Result<Line, Failure> {
        let form = match format.unwrap_or("auto") {
            "raw" => None,
            "envelope" => Some(Line::Envelope),
            word => {
                let words = ["auto", "text", "json", "avro", "raw", "envelope"];
                let value = decoded("format", word, &words)?;
                let key = decoded("key_format", key_format.unwrap_or("auto"), &words[..4])?;
                return Ok(Line::Decoded { key, value });
            }
        };
        if key_format.is_some() {
            let why = "a key format is of no use to the formats raw and envelope";
            return Err(Failure::new(Kind::Usage, why).with_remedy("leave it out"));
        }
        Ok(form.unwrap_or(Line::Raw))
    }
}

fn decoded(option: &str, word: &str, words: &[&str]) -> Result<Form, Failure> {
    Ok(match word {
        "auto" => Form::Auto,
        "text" => Form::Text,
        "json" => Form::Json,
        "avro" => Form::Avro,
        _ => {
            let known = words.join(", ");
            let remedy = nearest(word, words.iter().copied());
            let why = format!("`{option}` is one of {known}, not \"{word}\"");
            let failure = Failure::new(Kind::Usage, why);
            return Err(match remedy {
                Some(near) => failure.with_remedy(format!("did you mean \"{near}\"?")),
                None => failure,
            });
        }
    })
}

/// Writes records to standard output, many at once while they come fast.
pub struct Printer {
    line: Line,
    output: Output,
    context: Context,
    buffer: Vec<u8>,
}

impl Printer {
    /// A printer of such lines, in the form that the run was asked for where they are decoded.
    pub fn new(context: &Context, line: Line) -> Printer {
        let (context, output) = (context.clone(), context.settings().output);
        Printer { line, output, context, buffer: Vec::with_capacity(BUFFER + 4096) }
    }

    /// Adds the line of `record`; the error says what could not be decoded.
    pub fn add(&mut self, record: &Record) -> Result<(), Failure> {
        match self.line {
            Line::Raw => self.buffer.extend_from_slice(record.value().map_or(&[][..], |v| v)),
            Line::Envelope => envelope::of(record).write(&mut self.buffer),
            Line::Decoded { key, value } => {
                let key = self.decode(record, "key", key)?;
                let value = self.decode(record, "value", value)?;
                match self.output {
                    Output::Table => self.sentence(record, key.as_ref(), value.as_ref()),
                    form => self.object(record, key, value, form),
                }
            }
        }
        self.buffer.push(b'\n');
        if self.buffer.len() >= BUFFER {
            self.flush();
        }
        Ok(())
    }

    /// Writes what was added while nothing more comes.
    pub fn rest(&mut self) {
        self.flush();
        if stdout::reader_gone() {
            self.context.cancel().cancel();
        }
    }

    /// Writes what was added. A reader who has gone cancels the run.
    pub fn flush(&mut self) {
        if !self.buffer.is_empty() && !stdout::write_bytes(&self.buffer) {
            self.context.cancel().cancel();
        }
        self.buffer.clear();
    }

    fn decode(&self, record: &Record, what: &str, form: Form) -> Result<Option<Json>, Failure> {
        let bytes = if what == "key" { record.key() } else { record.value() };
        let Some(bytes) = bytes else { return Ok(None) };
        payload::show(&self.context, bytes, form).map(Some).map_err(|mut failure| {
            failure.message =
                format!("cannot decode the {what} of {}: {}", place(record), failure.message);
            failure
        })
    }

    /// `mytopic[0]@42: key M1, value {"temp":20.5}`
    fn sentence(&mut self, record: &Record, key: Option<&Json>, value: Option<&Json>) {
        let key = key.map(|key| format!(" key {},", in_words(key))).unwrap_or_default();
        let value = value.map_or("no value".to_owned(), |v| format!("value {}", in_words(v)));
        let text = format!("{}:{key} {value}", place(record));
        self.buffer.extend_from_slice(text.as_bytes());
    }

    /// A line of JSON, or a document of YAML.
    fn object(&mut self, record: &Record, key: Option<Json>, value: Option<Json>, form: Output) {
        let headers = record.headers().iter().map(|(name, value)| {
            let value = value.as_deref();
            (name.clone(), value.map_or(Json::Null, payload::text))
        });
        let object = json!({
            "topic": &**record.topic(),
            "partition": record.partition(),
            "offset": record.offset(),
            "timestamp": record.timestamp(),
            "key": key,
            "value": value,
            "headers": headers.collect::<serde_json::Map<_, _>>(),
        });
        let text = match form {
            Output::Yaml => format!(
                "---\n{}",
                serde_saphyr::to_string(&object).unwrap_or_default().trim_end_matches('\n')
            ),
            _ => object.to_string(),
        };
        self.buffer.extend_from_slice(text.as_bytes());
    }
}

/// Text as it is, anything else as JSON.
fn in_words(value: &Json) -> String {
    match value {
        Json::String(text) => visible(text),
        other => other.to_string(),
    }
}
