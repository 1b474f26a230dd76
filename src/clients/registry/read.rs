//! Looking things up.

use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::error::RegistryError;
use super::session::{Registry, Version};
use crate::formats::avro::Schema;

/// A schema under a subject.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The subject.
    pub subject: String,
    /// The version, from 1 up.
    pub version: u32,
    /// The id that the wire header carries.
    pub id: u32,
    /// The schema.
    pub schema: Schema,
}

#[derive(Deserialize)]
struct RawSchema {
    schema: String,
}

#[derive(Deserialize)]
struct RawRegistered {
    subject: String,
    version: u32,
    id: u32,
    #[serde(default)]
    schema: Option<String>,
}

impl Registry {
    /// The names of all subjects, sorted.
    pub fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        let mut names: Vec<String> = self.get("list subjects of", &["subjects"])?;
        names.sort();
        Ok(names)
    }

    /// The numbers of the versions of `subject`, in rising order.
    pub fn versions(&self, subject: &str) -> Result<Vec<u32>, RegistryError> {
        let what = format!("list versions of subject `{subject}` at");
        self.get(&what, &["subjects", subject, "versions"])
    }

    /// The schema with this `id`; asked for once in a run.
    pub fn schema(&self, id: u32) -> Result<Schema, RegistryError> {
        if let Some(schema) = self.shared.cache.schema(id) {
            return Ok(schema);
        }
        let what = format!("read schema {id} of");
        let raw: RawSchema = self.get(&what, &["schemas", "ids", &id.to_string()])?;
        self.parsed(&what, id, &raw.schema)
    }

    /// The version of `subject` with the highest number.
    pub fn latest(&self, subject: &str) -> Result<Registered, RegistryError> {
        self.version(subject, Version::Latest)
    }

    /// Id and schema of the latest version of `subject`; asked for once in a run, unless the run
    /// itself registers another.
    pub fn current(&self, subject: &str) -> Result<(u32, Schema), RegistryError> {
        if let Some(current) = self.shared.cache.current(subject) {
            return Ok(current);
        }
        let Registered { id, schema, .. } = self.latest(subject)?;
        self.shared.cache.keep_current(subject, id, &schema);
        Ok((id, schema))
    }

    /// One version of `subject`.
    pub fn version(&self, subject: &str, version: Version) -> Result<Registered, RegistryError> {
        let what = format!("read {version} of subject `{subject}` at");
        let raw: RawRegistered =
            self.get(&what, &["subjects", subject, "versions", &version.word()])?;
        let text = raw.schema.unwrap_or_default();
        let schema = self.parsed(&what, raw.id, &text)?;
        Ok(Registered { subject: raw.subject, version: raw.version, id: raw.id, schema })
    }

    /// The version under which `subject` holds `schema`, if it does.
    pub fn lookup(
        &self,
        subject: &str,
        schema: &Schema,
    ) -> Result<Option<Registered>, RegistryError> {
        let what = format!("look up a schema under subject `{subject}` at");
        let request = self.request(Method::POST, &["subjects", subject], None);
        let body = json!({ "schema": schema.text() });
        let (attempt, answer) = self.send(&what, request, Some(&body))?;
        match answer.read::<RawRegistered>(&attempt) {
            Ok(raw) => Ok(Some(Registered {
                subject: raw.subject,
                version: raw.version,
                id: raw.id,
                schema: schema.clone(),
            })),
            Err(RegistryError::Refused { code: Some(40401 | 40403), .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn get<T: DeserializeOwned>(&self, what: &str, path: &[&str]) -> Result<T, RegistryError> {
        let (attempt, answer) = self.send(what, self.request(Method::GET, path, None), None)?;
        answer.read(&attempt)
    }

    fn parsed(&self, what: &str, id: u32, text: &str) -> Result<Schema, RegistryError> {
        if let Some(schema) = self.shared.cache.schema(id) {
            return Ok(schema);
        }
        let schema = Schema::parse(text).map_err(|reason| {
            let attempt = format!("{what} {}", self.url());
            RegistryError::Schema { attempt, reason: Box::new(reason) }
        })?;
        self.shared.cache.keep_schema(id, &schema);
        Ok(schema)
    }
}
