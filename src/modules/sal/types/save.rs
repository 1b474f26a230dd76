//! Schemas in files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rhai::{Array, Dynamic};
use serde_json::Value;

use super::topic::Topic;
use crate::clients::{Action, authorize};
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::modules::error::RhaiResultOf;

/// Writes the schema of each of `topics` into `folder`; returns the paths.
pub fn save(context: &Context, topics: &Array, folder: &Path) -> RhaiResultOf<Array> {
    let failed = |path: &Path, error: std::io::Error| {
        Failure::new(Kind::Failed, format!("cannot write {}: {error}", path.display()))
    };
    authorize(context, &Action::WriteFiles(folder.to_owned()))?;
    fs::create_dir_all(folder).map_err(|error| {
        let what = format!("cannot make the folder {}: {error}", folder.display());
        Failure::new(Kind::Failed, what)
    })?;
    let mut paths = Array::new();
    for topic in topics {
        let Some(topic) = topic.read_lock::<Topic>() else {
            let what = format!("cannot write {}: it is no topic", topic.type_name());
            return Err(Failure::new(Kind::Usage, what).into());
        };
        let path = folder.join(format!("{}.json", topic.made.topic));
        fs::write(&path, text(&topic.whole().schema)).map_err(|error| failed(&path, error))?;
        paths.push(Dynamic::from(path.to_string_lossy().into_owned()));
    }
    Ok(paths)
}

fn text(schema: &Value) -> String {
    // The alternate form indents by two blanks.
    format!("{:#}\n", sorted(schema))
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let keys: BTreeMap<_, _> = map.iter().collect();
            keys.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
