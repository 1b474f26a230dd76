//! Errors as scripts catch them: a map with `kind`, `code`, `retriable`, `message` and `remedy`.

use rhai::{Dynamic, EvalAltResult, Map, Position};

use crate::error::{Failure, Kind};

/// What a fallible native function returns. The name is one that generated signatures leave out.
pub type RhaiResultOf<T> = Result<T, Box<EvalAltResult>>;

impl From<Failure> for Box<EvalAltResult> {
    fn from(failure: Failure) -> Self {
        EvalAltResult::ErrorRuntime(Map::from(failure).into(), Position::NONE).into()
    }
}

impl From<Failure> for Map {
    fn from(failure: Failure) -> Map {
        let mut map = Map::new();
        map.insert("error".into(), failure.kind.as_str().into());
        map.insert("kind".into(), failure.kind.as_str().into());
        map.insert("code".into(), failure.code.map_or(Dynamic::UNIT, Dynamic::from));
        map.insert("retriable".into(), failure.retriable.into());
        map.insert("message".into(), failure.message.into());
        map.insert("remedy".into(), failure.remedy.map_or(Dynamic::UNIT, Dynamic::from));
        map
    }
}

/// The failure behind an error that a script raised, or that a native function raised as a map.
pub fn failure(error: &EvalAltResult) -> Failure {
    let EvalAltResult::ErrorRuntime(value, _) = error else {
        return Failure::new(Kind::Failed, error.to_string());
    };
    let Some(map) = value.read_lock::<Map>() else {
        return Failure::new(Kind::Failed, value.to_string());
    };
    let text = |key: &str| map.get(key).and_then(|v| v.clone().into_string().ok());
    Failure {
        kind: text("kind").map_or(Kind::Failed, |word| Kind::from_word(&word)),
        code: map.get("code").and_then(|code| code.as_int().ok()),
        retriable: map.get("retriable").and_then(|flag| flag.as_bool().ok()).unwrap_or(false),
        message: text("message").unwrap_or_else(|| value.to_string()),
        remedy: text("remedy"),
    }
}

/// The error that the calls around it carry.
pub fn root(error: &EvalAltResult) -> &EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _)
        | EvalAltResult::ErrorInModule(_, inner, _) => root(inner),
        other => other,
    }
}

/// Lets `?` carry a room's own error out of a native function.
macro_rules! raise_as_map {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Box<rhai::EvalAltResult> {
            fn from(error: $error) -> Self {
                $crate::error::Failure::from(error).into()
            }
        })*
    };
}

pub(in crate::modules) use raise_as_map;

raise_as_map!(
    crate::clients::connect::ConnectError,
    crate::clients::github::GithubError,
    crate::clients::kafka::KafkaError,
    crate::clients::registry::RegistryError,
    crate::formats::avro::AvroError,
    crate::formats::sal::SalError,
    crate::load::LoadError,
    crate::serve::ServeError,
    crate::stream::StreamError,
);
