//! Option maps (`#{ timeout: 5 }`) read into structs that reject unknown names.

use std::fmt;
use std::time::Duration;

use rhai::{Dynamic, EvalAltResult, LexError, Map, ParseErrorType};
use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};

use super::error::RhaiResultOf;
use crate::error::{Failure, Kind};
use crate::nearest::nearest;

/// Reads the options of `function` from `map`; unknown names and wrong types are usage errors.
///
/// An option whose value is `()` counts as not given.
pub fn options<T: DeserializeOwned>(function: &str, mut map: Map) -> RhaiResultOf<T> {
    map.retain(|_, value| !value.is_unit());
    let value = Dynamic::from_map(map);
    let mut track = serde_path_to_error::Track::new();
    let deserializer = rhai::serde::DynamicDeserializer::new(&value);
    let read = T::deserialize(serde_path_to_error::Deserializer::new(deserializer, &mut track));
    read.map_err(|error| explain(function, &track.path().to_string(), &error).into())
}

fn explain(function: &str, path: &str, error: &EvalAltResult) -> Failure {
    let text = text(error);
    let usage = |message: String| Failure::new(Kind::Usage, message);
    if let Some((unknown, known)) = unknown_field(&text) {
        let message = format!("{function} has no option `{unknown}`");
        return usage(message).with_remedy(match nearest(unknown, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("its options are {}", known.join(", ")),
        });
    }
    usage(format!("option `{path}` of {function}: {text}"))
}

/// serde's "unknown field `x`, expected one of `a`, `b`", taken apart.
fn unknown_field(text: &str) -> Option<(&str, Vec<&str>)> {
    let mut names = text.strip_prefix("unknown field `")?.split('`').step_by(2);
    Some((names.next()?, names.filter(|name| !name.is_empty()).collect()))
}

/// What serde said, without Rhai's wrapping.
fn text(error: &EvalAltResult) -> String {
    match error {
        EvalAltResult::ErrorParsing(ParseErrorType::BadInput(bad), _) => match bad {
            LexError::ImproperSymbol(_, text) if !text.is_empty() => text.clone(),
            other => other.to_string(),
        },
        EvalAltResult::ErrorMismatchOutputType(wanted, found, _) => {
            format!("expected {wanted}, found {found}")
        }
        other => other.to_string(),
    }
}

/// A duration that a script gives in seconds, as int or float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seconds(pub Duration);

impl From<Seconds> for Duration {
    fn from(seconds: Seconds) -> Duration {
        seconds.0
    }
}

impl<'de> serde::Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Seconds, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Seconds;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of seconds, 0 or more")
            }
            fn visit_i64<E: Error>(self, seconds: i64) -> Result<Seconds, E> {
                self.visit_f64(seconds as f64)
            }
            fn visit_f64<E: Error>(self, seconds: f64) -> Result<Seconds, E> {
                let wrong = |_| E::invalid_value(serde::de::Unexpected::Float(seconds), &self);
                Duration::try_from_secs_f64(seconds).map(Seconds).map_err(wrong)
            }
        }
        deserializer.deserialize_any(Number)
    }
}

/// Text that a script may also give as a number or a bool: properties of Kafka are all text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl<'de> serde::Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct Plain;
        impl Visitor<'_> for Plain {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, a number or a bool")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_bool<E: Error>(self, bool: bool) -> Result<Text, E> {
                Ok(Text(bool.to_string()))
            }
        }
        deserializer.deserialize_any(Plain)
    }
}
