//! Topics as scripts hold them.

use std::fmt;
use std::sync::Arc;

use rhai::{Array, Dynamic, ImmutableString, Map};
use serde_json::Value;

use super::schema;
use crate::formats::sal::layout::TopicSchema;
use crate::formats::sal::text::{TimeScale, Writer};
use crate::modules::error::RhaiResultOf;

/// A cheap handle to a topic and its schema.
#[derive(Clone)]
pub struct Topic {
    pub made: Arc<TopicSchema>,
    /// The schema as JSON text.
    pub text: ImmutableString,
}

impl Topic {
    pub fn new(made: TopicSchema) -> Topic {
        Topic { text: made.schema.to_string().into(), made: Arc::new(made) }
    }
}

/// The items of `topic`: the last fields of its record in both layouts.
pub fn items(topic: &Topic) -> Array {
    let fields = topic.made.schema.get("fields").and_then(Value::as_array);
    let own = |field: &&Value| {
        let name = field.get("name").and_then(Value::as_str).unwrap_or_default();
        field.get("sal_index").is_some()
            || !(name.starts_with("private_")
                || name.starts_with("sal_")
                || ["kafka_timestamp", "salIndex"].contains(&name))
    };
    fields.into_iter().flatten().filter(own).map(|field| item(field).into()).collect()
}

fn item(field: &Value) -> Map {
    let text = |keys: [&str; 2]| {
        let found = keys.iter().find_map(|key| field.get(key).and_then(Value::as_str));
        Dynamic::from(found.unwrap_or_default().to_owned())
    };
    let kind = field.get("type").unwrap_or(&Value::Null);
    let array = kind.get("items");
    let counted = kind.get("sal_count").and_then(Value::as_i64);
    let filled = field.get("default").and_then(Value::as_array).map(|all| all.len() as i64);
    let count = if array.is_some() { counted.or(filled).unwrap_or(0) } else { 1 };
    Map::from([
        ("name".into(), text(["name", "name"])),
        ("type".into(), word(array.unwrap_or(kind)).into()),
        ("count".into(), count.into()),
        ("units".into(), text(["sal_units", "units"])),
        ("description".into(), text(["doc", "description"])),
    ])
}

fn word(kind: &Value) -> String {
    match kind {
        Value::String(word) => word.clone(),
        Value::Array(branches) => branches.iter().map(word).collect::<Vec<_>>().join(" or "),
        other => other.get("type").and_then(Value::as_str).unwrap_or_default().to_owned(),
    }
}

/// What it is about.
pub fn description(topic: &Topic) -> ImmutableString {
    let text = |key: &str| topic.made.schema.get(key).and_then(Value::as_str);
    text("doc").or_else(|| text("description")).unwrap_or_default().into()
}

/// The Kafka topic of its text messages.
pub fn text_topic(topic: &Topic) -> RhaiResultOf<ImmutableString> {
    let schema = schema::of(&Dynamic::from(topic.clone()))?;
    Ok(Writer::compile(&schema, TimeScale::Utc)?.channel().into())
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Topic({}, {} items)", self.made.topic, self.made.items)
    }
}
