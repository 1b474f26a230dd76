//! Versions of subjects, and what is registered as one.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::RegistryError;
use super::kind::SchemaType;
use crate::formats::avro::Schema;

/// One version of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The one with the highest number.
    Latest,
    /// The one with this number, from 1 up.
    Number(u32),
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Version::Latest => f.write_str("the latest version"),
            Version::Number(number) => write!(f, "version {number}"),
        }
    }
}

impl Version {
    /// The version as paths name it.
    pub(super) fn word(self) -> String {
        match self {
            Version::Latest => "latest".to_owned(),
            Version::Number(number) => number.to_string(),
        }
    }
}

/// A schema that another one uses by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// The name it is used by: a full name in Avro, a file in Protocol Buffers, a URL in JSON
    /// Schema.
    pub name: String,
    /// The subject that holds it.
    pub subject: String,
    /// Its version.
    pub version: u32,
}

/// What a schema says.
#[derive(Debug, Clone)]
pub enum Definition {
    /// An Avro schema, its references resolved.
    Avro(Schema),
    /// The text of a schema in another language.
    Text(String),
}

/// A schema under a subject.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The subject.
    pub subject: String,
    /// The version, from 1 up.
    pub version: u32,
    /// The id that the wire header carries.
    pub id: u32,
    /// Its language.
    pub kind: SchemaType,
    /// The schema.
    pub schema: Definition,
    /// The schemas that it uses.
    pub references: Vec<Reference>,
}

impl Registered {
    /// The schema, if values can be read and written with it.
    pub fn avro(&self) -> Result<&Schema, RegistryError> {
        match &self.schema {
            Definition::Avro(schema) => Ok(schema),
            Definition::Text(_) => Err(RegistryError::NotAvro {
                what: format!("version {} of subject `{}`", self.version, self.subject),
                kind: self.kind,
            }),
        }
    }
}

/// A schema on its way to the registry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its language.
    pub kind: SchemaType,
    /// Its text.
    pub text: String,
    /// The schemas that it uses.
    pub references: Vec<Reference>,
}

impl Draft {
    /// The Avro schema `schema`, with the schemas that it uses.
    pub fn avro(schema: &Schema, references: Vec<Reference>) -> Draft {
        Draft { kind: SchemaType::Avro, text: schema.text().to_owned(), references }
    }

    /// What messages call it: `schema org.Reading`, `PROTOBUF schema`.
    pub(super) fn title(&self) -> String {
        match (self.kind, name(&self.text)) {
            (SchemaType::Avro, Some(name)) => format!("schema {name}"),
            (SchemaType::Avro, None) => "schema".to_owned(),
            (kind, _) => format!("{kind} schema"),
        }
    }

    /// The body of a request.
    pub(super) fn body(&self) -> serde_json::Value {
        let mut body = serde_json::json!({ "schema": self.text });
        // Registries before 5.5 know of neither.
        if self.kind != SchemaType::Avro {
            body["schemaType"] = self.kind.word().into();
        }
        if !self.references.is_empty() {
            body["references"] = serde_json::json!(self.references);
        }
        body
    }
}

impl From<&Schema> for Draft {
    fn from(schema: &Schema) -> Draft {
        Draft::avro(schema, Vec::new())
    }
}

/// The full name of the Avro schema in `text`, or its type.
fn name(text: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let text = |key: &str| json.get(key).and_then(serde_json::Value::as_str);
    match (text("name"), text("namespace")) {
        (Some(name), Some(space)) if !name.contains('.') && !space.is_empty() => {
            Some(format!("{space}.{name}"))
        }
        (Some(name), _) => Some(name.to_owned()),
        (None, _) => json.as_str().or(text("type")).map(str::to_owned),
    }
}
