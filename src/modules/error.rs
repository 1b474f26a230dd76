//! Errors as scripts catch them: a map with `kind`, `code`, `retriable`, `message` and `remedy`.

use rhai::{Dynamic, EvalAltResult, Map, Position};

use crate::error::Failure;

/// What a fallible native function returns. The name is one that generated signatures leave out.
pub type RhaiResultOf<T> = Result<T, Box<EvalAltResult>>;

impl From<Failure> for Box<EvalAltResult> {
    fn from(failure: Failure) -> Self {
        let mut map = Map::new();
        map.insert("error".into(), failure.kind.as_str().into());
        map.insert("kind".into(), failure.kind.as_str().into());
        map.insert("code".into(), failure.code.map_or(Dynamic::UNIT, Dynamic::from));
        map.insert("retriable".into(), failure.retriable.into());
        map.insert("message".into(), failure.message.into());
        map.insert("remedy".into(), failure.remedy.map_or(Dynamic::UNIT, Dynamic::from));
        EvalAltResult::ErrorRuntime(map.into(), Position::NONE).into()
    }
}

/// Lets `?` carry a room's own error out of a native function.
macro_rules! raise_as_map {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Box<EvalAltResult> {
            fn from(error: $error) -> Self {
                Failure::from(error).into()
            }
        })*
    };
}

raise_as_map!(
    crate::clients::kafka::KafkaError,
    crate::clients::registry::RegistryError,
    crate::formats::avro::AvroError,
    crate::formats::sal::SalError,
    crate::serve::ServeError,
    crate::stream::StreamError,
);
