//! What the functions of `avro` hand to scripts.

use rhai::{Array, Blob, Dynamic, Map};

use crate::error::{Failure, Kind};
use crate::formats::avro::evolution::{self, Level};
use crate::formats::avro::{Hash, Schema, diff, wire};
use crate::modules::error::RhaiResultOf;
use crate::modules::value;

/// The fields of a record as maps, with `doc` in each; empty for other schemas.
pub fn fields(schema: &Schema) -> Array {
    let fields = schema.json().get("fields").and_then(serde_json::Value::as_array);
    let with_doc = |json: &serde_json::Value| {
        let mut field = value::from_json(json.clone());
        if let Ok(mut map) = field.as_map_mut() {
            map.entry("doc".into()).or_insert(Dynamic::UNIT);
        }
        field
    };
    fields.into_iter().flatten().map(with_doc).collect()
}

/// What changes from `old` to `new`, a map for each change.
pub fn changes(old: &Schema, new: &Schema) -> Array {
    let value = |json: Option<serde_json::Value>| json.map_or(Dynamic::UNIT, value::from_json);
    let maps = diff::diff(old, new).into_iter().map(|change| {
        Dynamic::from_map(Map::from([
            ("path".into(), change.path.into()),
            ("change".into(), change.what.to_string().into()),
            ("old".into(), value(change.old)),
            ("new".into(), value(change.new)),
        ]))
    });
    maps.collect()
}

/// Why `new` may not follow `old` at the level that `word` names.
pub fn objections(old: &Schema, new: &Schema, word: &str) -> RhaiResultOf<Array> {
    let level = Level::from_word(word).ok_or_else(|| {
        let words = Level::ALL.map(Level::word).join(", ");
        Failure::new(Kind::Usage, format!("there is no compatibility level `{word}`"))
            .with_remedy(format!("give one of {words}"))
    })?;
    let all = evolution::objections(level, new, old).into_iter();
    Ok(all.map(|why| why.in_words("the old schema").into()).collect())
}

/// The hash that `word` names.
pub fn hash(word: &str) -> RhaiResultOf<Hash> {
    Hash::from_word(word).ok_or_else(|| {
        let words = Hash::ALL.map(Hash::word).join(", ");
        Failure::new(Kind::Usage, format!("there is no hash `{word}`"))
            .with_remedy(format!("the hashes are {words}"))
            .into()
    })
}

/// Id and body of framed bytes.
pub fn unframe(bytes: &[u8]) -> RhaiResultOf<Map> {
    let Some((id, body)) = wire::split(bytes) else {
        let what = format!("cannot unframe {} bytes: they carry no header", bytes.len());
        let remedy = "a header is a zero byte and the four bytes of a schema's id";
        return Err(Failure::new(Kind::Invalid, what).with_remedy(remedy).into());
    };
    let body = Dynamic::from_blob(body.to_vec());
    Ok(Map::from([("id".into(), i64::from(id).into()), ("body".into(), body)]))
}

/// The header for `id`, then `body`.
pub fn frame(id: i64, body: &[u8]) -> RhaiResultOf<Blob> {
    let id = u32::try_from(id).map_err(|_| {
        Failure::new(Kind::Usage, format!("cannot frame a body with id {id}: ids are from 0 up"))
    })?;
    let mut bytes = Vec::with_capacity(wire::HEADER + body.len());
    wire::frame(id, &mut bytes);
    bytes.extend_from_slice(body);
    Ok(bytes)
}
