//! Values of any type as values that every output can show: scalars, arrays, maps.

use rhai::{AST, Array, Dynamic, Engine, FnPtr, ImmutableString, Map};

use super::types::Table;
use crate::clients::kafka::Record;
use crate::formats::avro::{Schema, hex};

/// `value` without handles: a record becomes a map (many records a table), a handle what its
/// `to_map()` or else its `to_string()` says in `engine`.
pub fn plain(engine: &Engine, value: Dynamic) -> Dynamic {
    let value = value.flatten();
    if value.is_array() {
        let items: Array = value.cast();
        let records = !items.is_empty() && items.iter().all(Dynamic::is::<Record>);
        let items: Array = items.into_iter().map(|item| plain(engine, item)).collect();
        return if records { record_table(items) } else { items.into() };
    }
    if value.is_map() {
        return plain_map(engine, value.cast()).into();
    }
    if let Some(mut table) = value.clone().try_cast::<Table>() {
        table.rows = table.rows.into_iter().map(|row| plain_map(engine, row)).collect();
        return Dynamic::from(table);
    }
    if value.is::<Schema>() {
        return value; // its JSON keeps the order of its keys, which a map would not
    }
    if value.is_variant() { handle(engine, value) } else { value }
}

fn plain_map(engine: &Engine, map: Map) -> Map {
    map.into_iter().map(|(key, item)| (key, plain(engine, item))).collect()
}

fn handle(engine: &Engine, value: Dynamic) -> Dynamic {
    let call = |name: &str| {
        let function = FnPtr::new(name).ok()?;
        function.call::<Dynamic>(engine, &AST::empty(), (value.clone(),)).ok()
    };
    if let Some(map) = call("to_map").and_then(Dynamic::try_cast::<Map>) {
        return plain_map(engine, map).into();
    }
    if let Some(record) = value.read_lock::<Record>() {
        return record_map(&record).into();
    }
    call("to_string").unwrap_or_else(|| engine.map_type_name(value.type_name()).into())
}

fn record_map(record: &Record) -> Map {
    let text = |bytes: Option<&bytes::Bytes>| match bytes.map(|b| std::str::from_utf8(b)) {
        None => Dynamic::UNIT,
        Some(Ok(text)) => text.into(),
        Some(Err(_)) => Dynamic::from_blob(bytes.map(|b| b.to_vec()).unwrap_or_default()),
    };
    Map::from([
        ("topic".into(), ImmutableString::from(&**record.topic()).into()),
        ("partition".into(), i64::from(record.partition()).into()),
        ("offset".into(), record.offset().into()),
        ("timestamp".into(), record.timestamp().map_or(Dynamic::UNIT, Dynamic::from)),
        ("key".into(), text(record.key())),
        ("value".into(), text(record.value())),
    ])
}

fn record_table(rows: Array) -> Dynamic {
    let columns = ["topic", "partition", "offset", "timestamp", "key", "value"];
    Dynamic::from(Table {
        columns: columns.map(ImmutableString::from).to_vec(),
        rows: rows.into_iter().filter_map(Dynamic::try_cast).collect(),
        empty: ImmutableString::new(),
    })
}

/// `value` as JSON; blobs are hexadecimal text.
pub fn json(value: &Dynamic) -> serde_json::Value {
    if let Some(table) = value.read_lock::<Table>() {
        let keys = keys(&table);
        return table.rows.iter().map(|row| row_json(&keys, row)).collect();
    }
    if let Some(schema) = value.read_lock::<Schema>() {
        return schema.json().clone();
    }
    if let Some(items) = value.read_lock::<Array>() {
        return items.iter().map(json).collect();
    }
    if let Some(map) = value.read_lock::<Map>() {
        return map.iter().map(|(key, item)| (key.to_string(), json(item))).collect();
    }
    if let Some(bytes) = value.read_lock::<rhai::Blob>() {
        return hex(&bytes).into();
    }
    serde_json::to_value(value).unwrap_or_else(|_| value.to_string().into())
}

/// The columns in their order, then all other keys of any row.
fn keys(table: &Table) -> Vec<ImmutableString> {
    let mut keys = table.columns.clone();
    for key in table.rows.iter().flat_map(Map::keys) {
        if !keys.iter().any(|known| known.as_str() == key.as_str()) {
            keys.push(key.as_str().into());
        }
    }
    keys
}

/// Every row has all keys, so that a reader need not ask which there are.
fn row_json(keys: &[ImmutableString], row: &Map) -> serde_json::Value {
    let item = |key: &ImmutableString| row.get(key.as_str()).map_or(serde_json::Value::Null, json);
    serde_json::Value::Object(keys.iter().map(|key| (key.to_string(), item(key))).collect())
}
