//! Topics as scripts hold them.

use std::fmt;
use std::sync::Arc;

use rhai::{Array, Dynamic, ImmutableString, Map};
use serde_json::Value;

use super::interfaces::{self, Interfaces, TopicsOptions};
use super::schema;
use crate::formats::sal::interfaces::{Enumeration, Symbol};
use crate::formats::sal::layout::TopicSchema;
use crate::formats::sal::text::Writer;
use crate::modules::error::RhaiResultOf;

/// A cheap handle to a topic and its schema.
#[derive(Clone)]
pub struct Topic {
    pub made: Arc<TopicSchema>,
    /// What it was laid out from.
    of: Interfaces,
}

impl Topic {
    pub fn new(made: TopicSchema, of: Interfaces) -> Topic {
        Topic { made: Arc::new(made), of }
    }
}

/// The schema of `topic` in the layout called `layout`, as JSON text.
pub fn schema_in(topic: &Topic, layout: &str) -> RhaiResultOf<ImmutableString> {
    let layout = Some(layout.to_owned());
    let options = TopicsOptions { layout, generics: true, ..TopicsOptions::default() };
    Ok(interfaces::topic(&topic.of, &topic.made.topic, options)?.made.schema.as_str().into())
}

/// The items of `topic`, with their types and enumerations in the interfaces where these define
/// them.
pub fn items(topic: &Topic) -> Array {
    let types = topic.made.types.iter().map(|idl| idl.name()).chain(std::iter::repeat(""));
    let fields = topic.made.item_fields();
    let enumerations = topic.of.enumerations(&topic.made.component, &topic.made.topic);
    let with_values = |(field, idl): (&Value, _)| {
        let name = field.get("name").and_then(Value::as_str).unwrap_or_default();
        let values = enumerations.get(name).map(|found| values(found)).unwrap_or_default();
        let mut item = item(field, idl);
        item.insert("enumeration".into(), values.into());
        item.into()
    };
    fields.iter().zip(types).map(with_values).collect()
}

/// The values that have names, in the order of the file.
fn values(enumeration: &Enumeration) -> Array {
    let named = enumeration.symbols.iter().zip(enumeration.values());
    let map = |(symbol, value): (&Symbol, i64)| {
        let name = Dynamic::from(symbol.name.clone());
        Map::from([("name".into(), name), ("value".into(), value.into())]).into()
    };
    named.map(map).collect()
}

fn item(field: &Value, idl: &'static str) -> Map {
    let text = |keys: [&str; 2]| {
        let found = keys.iter().find_map(|key| field.get(key).and_then(Value::as_str));
        Dynamic::from(one_line(found.unwrap_or_default()))
    };
    let kind = field.get("type").unwrap_or(&Value::Null);
    let array = kind.get("items");
    let counted = kind.get("sal_count").and_then(Value::as_i64);
    let filled = field.get("default").and_then(Value::as_array).map(|all| all.len() as i64);
    let count = if array.is_some() { counted.or(filled).unwrap_or(0) } else { 1 };
    Map::from([
        ("name".into(), text(["name", "name"])),
        ("type".into(), word(array.unwrap_or(kind)).into()),
        ("idl".into(), if idl.is_empty() { Dynamic::UNIT } else { idl.into() }),
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

/// What it is about, on one line.
pub fn description(topic: &Topic) -> ImmutableString {
    let schema = topic.made.json();
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    one_line(text("doc").or_else(|| text("description")).unwrap_or_default()).into()
}

/// A text without the line breaks and indents of the XML file around it.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The Kafka topic of its text messages.
pub fn text_topic(topic: &Topic) -> RhaiResultOf<ImmutableString> {
    let schema = schema::of(&Dynamic::from(topic.clone()))?;
    Ok(Writer::compile(&schema, None)?.channel().into())
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Topic({}, {} items)", self.made.topic, self.made.items)
    }
}
