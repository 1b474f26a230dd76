//! The configuration of a connector: names with texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

use super::error::ConnectError;

/// Options of a connector with their values. All of them are text for Connect.
pub type Config = BTreeMap<String, String>;

/// A configuration as Connect writes it: an option without a value may be null.
pub(super) fn without_nulls<'de, D: Deserializer<'de>>(from: D) -> Result<Config, D::Error> {
    let read: BTreeMap<String, Option<String>> = BTreeMap::deserialize(from)?;
    Ok(read.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
}

/// The name (where there is one) and the configuration in `json`: an object of options, or one
/// with `name` and `config`, as Connect's `POST /connectors` takes it and `GET` shows it.
///
/// Numbers and bools become text; an option that is null counts as left out.
pub fn config_of(json: &Json) -> Result<(Option<String>, Config), ConnectError> {
    let wrong = |why: String| ConnectError::Given(format!("cannot read the configuration: {why}"));
    let object = json.as_object().ok_or_else(|| wrong("it is no JSON object".to_owned()))?;
    let name = object.get("name").and_then(Json::as_str).map(str::to_owned);
    if let Some(inner @ Json::Object(_)) = object.get("config") {
        let (own, config) = config_of(inner)?;
        return Ok((name.or(own), config));
    }
    let mut config = Config::new();
    for (option, value) in object {
        let text = match value {
            Json::Null => continue,
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            Json::Bool(bool) => bool.to_string(),
            Json::Array(_) | Json::Object(_) => {
                return Err(wrong(format!("option `{option}` is no text, number or bool")));
            }
        };
        config.insert(option.clone(), text);
    }
    Ok((name, config))
}
