//! Options of configs, and configs as maps.

use rhai::{Array, Dynamic, Map};
use serde::Deserialize;

use super::timeout_of;
use crate::clients::kafka::{ConfigChanges, ConfigEntry, ConfigSynonym};
use crate::modules::options::Seconds;

/// Options of functions that change configs.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ConfigOptions {
    dry_run: bool,
    timeout: Option<Seconds>,
}

timeout_of!(ConfigOptions);

impl ConfigOptions {
    /// The changes that a map of configs with their values asks for; `()` unsets.
    pub fn changes(&self, changes: Map) -> ConfigChanges {
        let (unset, set): (Vec<_>, Vec<_>) =
            changes.into_iter().partition(|(_, value)| value.is_unit());
        ConfigChanges {
            set: set.into_iter().map(|(name, value)| (name.into(), value.to_string())).collect(),
            unset: unset.into_iter().map(|(name, _)| name.into()).collect(),
            dry_run: self.dry_run,
        }
    }
}

/// Configs, each in one line.
pub fn config_maps(entries: Vec<ConfigEntry>) -> Array {
    entries.into_iter().map(|entry| config_map(entry).into()).collect()
}

fn config_map(entry: ConfigEntry) -> Map {
    Map::from([
        ("name".into(), entry.name.into()),
        ("value".into(), text(entry.value)),
        ("source".into(), entry.source.into()),
        ("is_default".into(), entry.default.into()),
        ("read_only".into(), entry.read_only.into()),
        ("sensitive".into(), entry.sensitive.into()),
        ("synonyms".into(), synonym_maps(entry.synonyms).into()),
    ])
}

/// Configs of one place, each in one line.
pub fn synonym_maps(entries: Vec<ConfigSynonym>) -> Array {
    entries.into_iter().map(|entry| synonym_map(entry).into()).collect()
}

fn synonym_map(synonym: ConfigSynonym) -> Map {
    Map::from([
        ("name".into(), synonym.name.into()),
        ("value".into(), text(synonym.value)),
        ("source".into(), synonym.source.into()),
    ])
}

fn text(value: Option<String>) -> Dynamic {
    value.map_or(Dynamic::UNIT, Dynamic::from)
}
