//! Schemas: by id, by version, by their text.

use serde::Deserialize;

use super::call::Call;
use super::error::RegistryError;
use super::kind::SchemaType;
use super::session::Registry;
use super::subjects::Use;
use super::version::{Definition, Draft, Reference, Registered, Version};
use crate::formats::avro::Schema;

/// How deep schemas may use schemas; a registry keeps no circles.
const DEPTH: usize = 16;

/// A schema as the API answers it; without a type it is Avro.
#[derive(Deserialize)]
struct Raw {
    schema: String,
    #[serde(default, rename = "schemaType")]
    kind: Option<SchemaType>,
    #[serde(default)]
    references: Option<Vec<Reference>>,
}

#[derive(Deserialize)]
struct RawRegistered {
    subject: String,
    version: u32,
    id: u32,
    #[serde(flatten)]
    raw: Raw,
}

/// Where a schema is known by a number.
#[derive(Deserialize)]
struct Place {
    subject: String,
    version: u32,
    id: u32,
}

/// A schema with an id, and the subjects that hold it.
#[derive(Debug, Clone)]
pub struct Identified {
    /// The id that the wire header carries.
    pub id: u32,
    /// Its language.
    pub kind: SchemaType,
    /// The schema.
    pub schema: Definition,
    /// The schemas that it uses.
    pub references: Vec<Reference>,
    /// Where it is registered.
    pub uses: Vec<Use>,
}

impl Registry {
    /// The Avro schema with this `id`; asked for once in a run.
    pub fn schema(&self, id: u32) -> Result<Schema, RegistryError> {
        if let Some(schema) = self.shared.cache.schema(id) {
            return Ok(schema);
        }
        let what = format!("read schema {id} of");
        let raw = self.call(&Call::get(&*what, &["schemas", "ids", &id.to_string()]))?;
        match self.define(&what, Some(id), &raw, DEPTH)? {
            Definition::Avro(schema) => Ok(schema),
            Definition::Text(_) => Err(RegistryError::NotAvro {
                what: format!("schema {id}"),
                kind: raw.kind.unwrap_or_default(),
            }),
        }
    }

    /// The schema with this `id`, of the context `context` (`.name`) or of the default one, with
    /// the subjects that hold it.
    pub fn identified(&self, id: u32, context: Option<&str>) -> Result<Identified, RegistryError> {
        let (number, what) = (id.to_string(), format!("read schema {id} of"));
        let of_context = |call: Call| match context {
            Some(context) => call.with("subject", format!(":{context}:")),
            None => call,
        };
        let raw: Raw = self.call(&of_context(Call::get(&*what, &["schemas", "ids", &number])))?;
        let schema = self.define(&what, context.is_none().then_some(id), &raw, DEPTH)?;
        let path = ["schemas", "ids", &number, "versions"];
        let uses =
            self.call(&of_context(Call::get(format!("list uses of schema {id} of"), &path)))?;
        let (kind, references) = (raw.kind.unwrap_or_default(), raw.references.unwrap_or_default());
        Ok(Identified { id, kind, schema, references, uses })
    }

    /// The version of `subject` with the highest number.
    pub fn latest(&self, subject: &str) -> Result<Registered, RegistryError> {
        self.version(subject, Version::Latest)
    }

    /// Id and Avro schema of the latest version of `subject`; asked for once in a run, unless the
    /// run itself registers another.
    pub fn current(&self, subject: &str) -> Result<(u32, Schema), RegistryError> {
        if let Some(current) = self.shared.cache.current(subject) {
            return Ok(current);
        }
        let latest = self.latest(subject)?;
        let (id, schema) = (latest.id, latest.avro()?.clone());
        self.shared.cache.keep_current(subject, id, &schema);
        Ok((id, schema))
    }

    /// One version of `subject`.
    pub fn version(&self, subject: &str, version: Version) -> Result<Registered, RegistryError> {
        self.read_version(subject, version, false, DEPTH)
    }

    /// One version of `subject`, also if it is deleted but not for good.
    pub fn version_ever(
        &self,
        subject: &str,
        version: Version,
    ) -> Result<Registered, RegistryError> {
        self.read_version(subject, version, true, DEPTH)
    }

    /// The version under which `subject` holds the schema of `draft`, if it does.
    pub fn lookup(
        &self,
        subject: &str,
        draft: &Draft,
    ) -> Result<Option<Registered>, RegistryError> {
        let what = format!("look up a schema under subject `{subject}` at");
        let call = Call::post(&*what, &["subjects", subject], draft.body());
        let place: Place = match self.call(&call) {
            Ok(place) => place,
            Err(RegistryError::Refused { code: Some(40401 | 40403), .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let Draft { kind, text, references } = draft.clone();
        let raw = Raw { schema: text, kind: Some(kind), references: Some(references) };
        // Not the registry's text: the caller's has the same meaning.
        let schema = self.define(&what, None, &raw, DEPTH)?;
        let references = raw.references.unwrap_or_default();
        let Place { subject, version, id } = place;
        Ok(Some(Registered { subject, version, id, kind, schema, references }))
    }

    fn read_version(
        &self,
        subject: &str,
        version: Version,
        deleted: bool,
        depth: usize,
    ) -> Result<Registered, RegistryError> {
        let what = format!("read {version} of subject `{subject}` at");
        let call = Call::get(&*what, &["subjects", subject, "versions", &version.word()]);
        let RawRegistered { subject, version, id, raw } =
            self.call(&call.flag("deleted", deleted))?;
        // The ids of other contexts than the default one are their own.
        let key = (!subject.starts_with(":.")).then_some(id);
        let schema = self.define(&what, key, &raw, depth)?;
        let (kind, references) = (raw.kind.unwrap_or_default(), raw.references.unwrap_or_default());
        Ok(Registered { subject, version, id, kind, schema, references })
    }

    /// The schema of `raw`, known as `key` to the cache, with the schemas that it uses.
    fn define(
        &self,
        what: &str,
        key: Option<u32>,
        raw: &Raw,
        depth: usize,
    ) -> Result<Definition, RegistryError> {
        if raw.kind.unwrap_or_default() != SchemaType::Avro {
            return Ok(Definition::Text(raw.schema.clone()));
        }
        if let Some(schema) = key.and_then(|id| self.shared.cache.schema(id)) {
            return Ok(Definition::Avro(schema));
        }
        let references = raw.references.iter().flatten();
        let uses = references.map(|used| self.used(used, depth)).collect::<Result<Vec<_>, _>>()?;
        let schema = Schema::parse_with(&raw.schema, &uses).map_err(|reason| {
            RegistryError::Schema { attempt: self.attempt(what), reason: Box::new(reason) }
        })?;
        if let Some(id) = key {
            self.shared.cache.keep_schema(id, &schema);
        }
        Ok(Definition::Avro(schema))
    }

    fn used(&self, reference: &Reference, depth: usize) -> Result<Schema, RegistryError> {
        let Reference { subject, version, .. } = reference;
        let Some(depth) = depth.checked_sub(1) else {
            return Err(RegistryError::Depth { subject: subject.clone(), limit: DEPTH });
        };
        // A version that was deleted after it was referred to is still needed.
        let version = Version::Number(*version);
        Ok(self.read_version(subject, version, true, depth)?.avro()?.clone())
    }

    /// The words for the languages that the registry knows, sorted.
    pub fn types(&self) -> Result<Vec<String>, RegistryError> {
        let call = Call::get("list schema types of", &["schemas", "types"]);
        let mut words: Vec<String> = self.call(&call)?;
        words.sort();
        Ok(words)
    }
}
