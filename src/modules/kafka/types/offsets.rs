//! Options of offsets, and offsets as maps.

use rhai::{Dynamic, Map};
use serde::Deserialize;

use super::timeout_of;
use crate::clients::kafka::{Before, Deletion, Watermarks};
use crate::error::{Failure, Kind};
use crate::modules::options::Seconds;

/// Options of `kafka::delete_records`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct RecordsOptions {
    before: Option<Dynamic>,
    /// The only partition that is meant.
    pub partition: Option<i32>,
    /// Whether to tell only what would be deleted.
    pub dry_run: bool,
    timeout: Option<Seconds>,
}

timeout_of!(RecordsOptions);

impl RecordsOptions {
    /// Which records go.
    pub fn before(&self) -> Result<Before, Failure> {
        let given = self.before.clone().unwrap_or_default();
        if let Ok(offset) = given.as_int() {
            return Ok(Before::Offset(offset));
        }
        if given.as_immutable_string_ref().is_ok_and(|word| word.as_str() == "end") {
            return Ok(Before::End);
        }
        let time = given.read_lock::<Map>().and_then(|map| map.get("time")?.as_int().ok());
        time.map(Before::Time).ok_or_else(|| {
            Failure::new(Kind::Usage, "cannot delete records: `before` says which")
                .with_remedy("give an offset, #{ time: MILLISECONDS }, or \"end\" for all")
        })
    }
}

/// The bounds of a partition in one line.
pub fn watermark_map(bounds: Watermarks) -> Map {
    Map::from([
        ("topic".into(), bounds.topic.into()),
        ("partition".into(), i64::from(bounds.partition).into()),
        ("first".into(), bounds.first.into()),
        ("next".into(), bounds.next.into()),
        ("records".into(), (bounds.next - bounds.first).into()),
    ])
}

/// The offset in a partition in one line.
pub fn offset_map((topic, partition, offset): (String, i32, i64)) -> Map {
    Map::from([
        ("topic".into(), topic.into()),
        ("partition".into(), i64::from(partition).into()),
        ("offset".into(), offset.into()),
    ])
}

/// What became of a partition's records in one line.
pub fn deletion_map(topic: &str, deletion: &Deletion) -> Map {
    Map::from([
        ("topic".into(), topic.into()),
        ("partition".into(), i64::from(deletion.partition).into()),
        ("deleted".into(), deletion.deleted.into()),
        ("first".into(), deletion.first.into()),
    ])
}
