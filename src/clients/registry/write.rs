//! Registering and deleting; each is authorised first.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::error::RegistryError;
use super::session::{Registry, Version};
use crate::clients::{Action, authorize};
use crate::formats::avro::Schema;

#[derive(Deserialize)]
struct Id {
    id: u32,
}

impl Registry {
    /// Registers `schema` under `subject` and returns its id; a schema that is there already keeps
    /// its id. The same pair is asked for once in a run.
    pub fn register(&self, subject: &str, schema: &Schema) -> Result<u32, RegistryError> {
        if let Some(id) = self.shared.cache.id(subject, schema) {
            return Ok(id);
        }
        authorize(&self.context, &Action::RegisterSchema(subject.to_owned()))?;
        let what = format!("register schema {} under subject `{subject}` at", schema.name());
        let request = self.request(Method::POST, &["subjects", subject, "versions"], None);
        let body = json!({ "schema": schema.text() });
        let (attempt, answer) = self.send(&what, request, Some(&body))?;
        let Id { id } = answer.read(&attempt)?;
        self.shared.cache.keep_id(subject, schema, id);
        self.shared.cache.forget_current(subject);
        Ok(id)
    }

    /// Deletes all versions of `subject` and returns their numbers. Ids stay readable unless
    /// `permanent`, which asks for a deletion without it before.
    pub fn delete(&self, subject: &str, permanent: bool) -> Result<Vec<u32>, RegistryError> {
        authorize(&self.context, &Action::DeleteSubject(subject.to_owned()))?;
        self.shared.cache.forget(subject);
        let path = ["subjects", subject];
        let request = self.request(Method::DELETE, &path, for_good(permanent));
        let (attempt, answer) =
            self.send(&format!("delete subject `{subject}` at"), request, None)?;
        answer.read(&attempt)
    }

    /// Deletes one version of `subject` and returns its number.
    pub fn delete_version(
        &self,
        subject: &str,
        version: Version,
        permanent: bool,
    ) -> Result<u32, RegistryError> {
        authorize(&self.context, &Action::DeleteSubject(subject.to_owned()))?;
        self.shared.cache.forget(subject);
        let what = format!("delete {version} of subject `{subject}` at");
        let version = version.word();
        let path = ["subjects", subject, "versions", &version];
        let request = self.request(Method::DELETE, &path, for_good(permanent));
        let (attempt, answer) = self.send(&what, request, None)?;
        answer.read(&attempt)
    }
}

fn for_good(permanent: bool) -> Option<(&'static str, &'static str)> {
    permanent.then_some(("permanent", "true"))
}
