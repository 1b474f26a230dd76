//! A parsed schema, with the text it came from.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::{fmt, fs, io};

use apache_avro::schema::{Name, ResolvedSchema, Schema as Node, SchemaKind};
use serde_json::Value as Json;

use super::canonical::canonical;
use super::error::AvroError;
use super::uses;

/// A schema; cloning it is cheap.
#[derive(Clone)]
pub struct Schema(Arc<Inner>);

struct Inner {
    node: Node,
    json: Json,
    text: String,
    name: String,
    uses: Vec<Schema>,
    named: OnceLock<HashMap<Name, Node>>,
}

impl Schema {
    /// Reads the JSON `text` of a schema; the error says what is wrong, and for JSON where.
    pub fn parse(text: &str) -> Result<Schema, AvroError> {
        let json: Json = serde_json::from_str(text)
            .map_err(|error| AvroError::Schema(format!("it is not JSON: {error}")))?;
        let node = Schema::check(&json)?;
        Ok(Schema::new(text, json, node, Vec::new()))
    }

    /// The schema that `json` is, as the codec knows it; the error says what is wrong.
    pub fn check(json: &Json) -> Result<Node, AvroError> {
        Node::parse(json).map_err(|error| AvroError::Schema(in_words(&error)))
    }

    /// Reads the JSON `text` of a schema that uses the named schemas `uses`; those that they use
    /// themselves need not be given.
    pub fn parse_with(text: &str, uses: &[Schema]) -> Result<Schema, AvroError> {
        if uses.is_empty() {
            return Schema::parse(text);
        }
        let json: Json = serde_json::from_str(text)
            .map_err(|error| AvroError::Schema(format!("it is not JSON: {error}")))?;
        let node = uses::parse(text, uses).map_err(|error| AvroError::Schema(in_words(&error)))?;
        Ok(Schema::new(text, json, node, uses.to_vec()))
    }

    fn new(text: &str, json: Json, node: Node, uses: Vec<Schema>) -> Schema {
        let name = node.name().map_or_else(|| kind_word(&node), ToString::to_string);
        let text = text.to_owned();
        Schema(Arc::new(Inner { node, json, text, name, uses, named: OnceLock::new() }))
    }

    /// Reads the schema in the file at `path`; the errors name it.
    pub fn load(path: &str) -> Result<Schema, AvroError> {
        let path = path.to_owned();
        match fs::read_to_string(&path) {
            Ok(text) => Schema::parse(&text).map_err(|error| match error {
                AvroError::Schema(reason) => AvroError::File { path, reason },
                other => other,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(AvroError::Unreadable { path, reason: "there is no such file".to_owned() })
            }
            Err(error) => Err(AvroError::Unreadable { path, reason: error.to_string() }),
        }
    }

    /// The full name (`lsst.sal.X`), or the type of a schema without a name (`string`).
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The JSON as it was given.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The JSON, with every attribute.
    pub fn json(&self) -> &Json {
        &self.0.json
    }

    /// The Parsing Canonical Form of the Avro specification: docs, defaults and other attributes
    /// left out.
    pub fn canonical(&self) -> String {
        canonical(&self.0.node)
    }

    /// The schemas that the text uses without defining them.
    pub fn uses(&self) -> &[Schema] {
        &self.0.uses
    }

    /// The schema as the codec knows it, with everything it uses.
    pub fn node(&self) -> &Node {
        &self.0.node
    }

    /// What messages call it: `record lsst.sal.X`, `string`.
    pub(super) fn title(&self) -> String {
        match self.0.node.name() {
            Some(name) => format!("{} {name}", kind_word(&self.0.node)),
            None => self.0.name.clone(),
        }
    }

    /// The definition that a reference inside the schema means.
    pub(super) fn named(&self, name: &Name) -> Option<&Node> {
        let all = self.0.named.get_or_init(|| {
            ResolvedSchema::try_from(&self.0.node).map_or_else(
                |_| HashMap::new(),
                |resolved| {
                    let names = resolved.get_names().iter();
                    names.map(|(name, node)| (name.clone(), (*node).clone())).collect()
                },
            )
        });
        all.get(name)
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Schema({})", self.title())
    }
}

impl FromStr for Schema {
    type Err = AvroError;

    fn from_str(text: &str) -> Result<Schema, AvroError> {
        Schema::parse(text)
    }
}

/// The word of the specification for the kind of `node`: `record`, `int`, `timestamp-millis`.
pub(super) fn kind_word(node: &Node) -> String {
    match SchemaKind::from(node) {
        SchemaKind::BigDecimal => "big-decimal",
        SchemaKind::TimeMillis => "time-millis",
        SchemaKind::TimeMicros => "time-micros",
        SchemaKind::TimestampMillis => "timestamp-millis",
        SchemaKind::TimestampMicros => "timestamp-micros",
        SchemaKind::TimestampNanos => "timestamp-nanos",
        SchemaKind::LocalTimestampMillis => "local-timestamp-millis",
        SchemaKind::LocalTimestampMicros => "local-timestamp-micros",
        SchemaKind::LocalTimestampNanos => "local-timestamp-nanos",
        other => return format!("{other:?}").to_lowercase(),
    }
    .to_owned()
}

/// The codec's message with its causes, on one line.
fn in_words(error: &apache_avro::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = inner.source();
    }
    // The codec explains names by its regular expression.
    match text.split_once(". It must match the regex") {
        Some((start, _)) => format!("{start}: letters, digits and _, no digit first"),
        None => text,
    }
}
