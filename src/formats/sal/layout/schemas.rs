//! The Avro schemas of interfaces.

use serde_json::Value;

use super::names::{Layout, PREFIX};
use super::revcode::revcode;
use super::{avsc, kafkaefd, mend, ts_xml};
use crate::formats::json::sorted;
use crate::formats::sal::interfaces::{Component, IdlType, Interfaces, Kind, Topic};

/// What a conversion may be told.
#[derive(Debug, Clone)]
pub struct Options {
    /// The layout.
    pub layout: Layout,
    /// Whether the layout `kafkaefd` has the generic topics too; `ts_xml` always has.
    pub generics: bool,
    /// What the names of Kafka topics start with.
    pub prefix: String,
}

impl Options {
    /// The options of `layout` when nothing is said: no generics, the usual prefix.
    pub fn of(layout: Layout) -> Options {
        Options { layout, generics: false, prefix: PREFIX.into() }
    }
}

/// One topic and its Avro schema.
#[derive(Debug, Clone)]
pub struct TopicSchema {
    /// The SAL topic: `<Component>_<sal_name>`.
    pub topic: String,
    /// Its component.
    pub component: String,
    /// What it is for; `None` for acknowledgements and hand-written schemas.
    pub kind: Option<Kind>,
    /// How many items the interfaces give it (fields beside those of the layout).
    pub items: usize,
    /// The types of these items in the interfaces; empty where a schema was written by hand.
    pub types: Vec<IdlType>,
    /// Whether its component is indexed.
    pub indexed: bool,
    /// How many fields its record has.
    pub fields: usize,
    /// The Avro schema as JSON text without blanks.
    pub schema: String,
    /// The Kafka topic.
    pub kafka_topic: String,
    /// The registry subject.
    pub subject: String,
    /// The layout.
    pub layout: Layout,
    /// What the layout could not express.
    pub notes: Vec<String>,
}

impl TopicSchema {
    /// The Avro schema.
    pub fn json(&self) -> Value {
        // The text is of this module's own making.
        serde_json::from_str(&self.schema).unwrap_or_default()
    }

    /// The revision code, in the layout `ts_xml`; made on demand, for it costs as much as all else.
    pub fn revcode(&self) -> Option<String> {
        (self.layout == Layout::TsXml).then(|| revcode(&self.schema))
    }

    /// The Avro schema as the text of a file: indented by two blanks, with sorted keys.
    pub fn file(&self) -> Vec<u8> {
        let mut text = sorted(self.schema.as_bytes(), 2);
        text.push(b'\n');
        text
    }

    /// The fields that the interfaces give it: all of the record but those of the layout.
    pub fn item_fields(&self) -> Vec<Value> {
        let reserves = reserves(self.layout);
        let mut schema = self.json();
        let fields = schema.get_mut("fields").and_then(Value::as_array_mut);
        let mut fields = fields.map(std::mem::take).unwrap_or_default();
        fields.retain(|field| !field.get("name").and_then(Value::as_str).is_some_and(reserves));
        fields
    }
}

/// The schemas of all topics of `interfaces`, by component: commands, events, telemetry, generics,
/// hand-written ones.
pub fn schemas(interfaces: &Interfaces, options: &Options) -> Vec<TopicSchema> {
    let components = interfaces.components.values();
    components.flat_map(|component| of_component(interfaces, component, options)).collect()
}

/// The schemas of the topics of `component`, one of `interfaces`.
pub fn of_component(
    interfaces: &Interfaces,
    component: &Component,
    options: &Options,
) -> Vec<TopicSchema> {
    let generics = options.generics || options.layout == Layout::TsXml;
    let topics = interfaces.topics(component, generics);
    let indexed = component.subsystem.indexed;
    let mut all: Vec<_> = topics.iter().map(|topic| schema(topic, indexed, options)).collect();
    if options.layout == Layout::TsXml {
        additions(component, options, &mut all);
    }
    all
}

/// The schema of `topic`, whose component is `indexed` or not.
pub fn schema(topic: &Topic, indexed: bool, options: &Options) -> TopicSchema {
    let mut notes = Vec::new();
    let topic = mend::topic(topic, reserves(options.layout), &mut notes);
    let record = match options.layout {
        Layout::Kafkaefd => kafkaefd::record(&topic, &mut notes).to_string(),
        Layout::TsXml => ts_xml::record(&topic, indexed, &mut notes),
    };
    let items = topic.items.len();
    let named = named(&topic.component, topic.sal_name(), indexed, record, items, options);
    let types = topic.items.iter().map(|item| item.idl).collect();
    TopicSchema { kind: Some(topic.kind), types, notes, ..named }
}

/// Whether a layout itself has a field of some name.
fn reserves(layout: Layout) -> fn(&str) -> bool {
    match layout {
        Layout::Kafkaefd => kafkaefd::reserves,
        Layout::TsXml => ts_xml::reserves,
    }
}

fn additions(component: &Component, options: &Options, all: &mut Vec<TopicSchema>) {
    let name = &component.subsystem.name;
    let indexed = component.subsystem.indexed;
    for schema in &component.schemas {
        let record = avsc::record(name, schema, indexed);
        let made = named(name, &schema.name, indexed, record, schema.fields.len(), options);
        // A hand-written schema says more than the XML of the same topic.
        match all.iter_mut().find(|other| other.topic == made.topic) {
            Some(other) => *other = made,
            None => all.push(made),
        }
    }
    let record = ts_xml::ackcmd(name, indexed);
    all.push(named(name, "ackcmd", indexed, record, ts_xml::ACKCMD_ITEMS, options));
}

fn named(
    component: &str,
    sal_name: &str,
    indexed: bool,
    schema: String,
    items: usize,
    options: &Options,
) -> TopicSchema {
    let kafka_topic = options.layout.kafka_topic(&options.prefix, component, sal_name);
    let own = match options.layout {
        Layout::Kafkaefd => kafkaefd::PREAMBLE.len(),
        Layout::TsXml => ts_xml::private(indexed).len(),
    };
    TopicSchema {
        topic: format!("{component}_{sal_name}"),
        component: component.to_owned(),
        kind: None,
        items,
        types: Vec::new(),
        indexed,
        fields: own + items,
        subject: options.layout.subject(&kafka_topic),
        kafka_topic,
        layout: options.layout,
        schema,
        notes: Vec::new(),
    }
}
