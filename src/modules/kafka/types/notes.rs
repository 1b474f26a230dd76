//! What groups committed, with notes, as maps.

use rhai::{Dynamic, Map};
use serde::Deserialize;

use crate::clients::kafka::Note;
use crate::error::{Failure, Kind};
use crate::modules::error::RhaiResultOf;
use crate::modules::options::options;

/// A row of `kafka::commit_offsets`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    partition: i32,
    #[serde(default)]
    offset: Option<i64>,
    #[serde(default)]
    note: String,
}

/// The note as a script sees it.
pub fn note_map(note: Note) -> Map {
    Map::from([
        ("partition".into(), i64::from(note.partition).into()),
        ("offset".into(), note.offset.map_or(Dynamic::UNIT, Dynamic::from)),
        ("note".into(), note.text.into()),
    ])
}

/// The note that a script gave as a map.
pub fn note(row: Dynamic) -> RhaiResultOf<Note> {
    let found = row.type_name();
    let Some(map) = row.try_cast::<Map>() else {
        let message = format!("cannot commit offsets: a row is a map, one of these is a {found}");
        return Err(Failure::new(Kind::Usage, message).into());
    };
    let Row { partition, offset, note } = options("kafka::commit_offsets", map)?;
    Ok(Note { partition, offset, text: note })
}
