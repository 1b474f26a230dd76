//! Option maps (`#{ timeout: 5 }`) read into structs that reject unknown names.

use rhai::{Dynamic, Map};
use serde::de::DeserializeOwned;

use super::error::RhaiResultOf;
use crate::error::{Failure, Kind};

/// Reads the options of `function` from `map`; unknown names and wrong types are usage errors.
pub fn options<T: DeserializeOwned>(function: &str, map: Map) -> RhaiResultOf<T> {
    let value = Dynamic::from_map(map);
    let mut track = serde_path_to_error::Track::new();
    let deserializer = rhai::serde::DynamicDeserializer::new(&value);
    let read = T::deserialize(serde_path_to_error::Deserializer::new(deserializer, &mut track));
    read.map_err(|error| {
        let path = track.path();
        let what = rhai_text(&error);
        let message = format!("cannot read the options of {function}: `{path}`: {what}");
        Failure::new(Kind::Usage, message).into()
    })
}

fn rhai_text(error: &rhai::EvalAltResult) -> String {
    error.to_string()
}
