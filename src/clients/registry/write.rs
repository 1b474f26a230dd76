//! Registering and deleting; each is authorised first.

use serde::Deserialize;

use super::call::Call;
use super::error::RegistryError;
use super::session::Registry;
use super::version::{Draft, Version};
use crate::clients::{Action, authorize};

#[derive(Deserialize)]
struct Id {
    id: u32,
}

/// How a schema is registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terms {
    /// The registry first brings the schema into its normal form.
    pub normalize: bool,
    /// The id it shall have; the registry must be in mode `IMPORT`.
    pub id: Option<u32>,
    /// The version it shall have, together with the id.
    pub version: Option<u32>,
}

impl Registry {
    /// Registers the schema of `draft` under `subject` and returns its id; a schema that is there
    /// already keeps its id. The same pair is asked for once in a run.
    pub fn register(
        &self,
        subject: &str,
        draft: &Draft,
        terms: Terms,
    ) -> Result<u32, RegistryError> {
        if terms == Terms::default()
            && let Some(id) = self.shared.cache.id(subject, draft)
        {
            return Ok(id);
        }
        authorize(&self.context, &Action::RegisterSchema(subject.to_owned()))?;
        let what = format!("register {} under subject `{subject}` at", draft.title());
        let mut body = draft.body();
        if let Some(id) = terms.id {
            body["id"] = id.into();
        }
        if let Some(version) = terms.version {
            body["version"] = version.into();
        }
        let call = Call::post(what, &["subjects", subject, "versions"], body);
        let Id { id } = self.call(&call.flag("normalize", terms.normalize))?;
        self.shared.cache.keep_id(subject, draft, id);
        self.shared.cache.forget_current(subject);
        Ok(id)
    }

    /// Deletes all versions of `subject` and returns their numbers. Ids stay readable unless
    /// `permanent`, which asks for a deletion without it before.
    pub fn delete(&self, subject: &str, permanent: bool) -> Result<Vec<u32>, RegistryError> {
        authorize(&self.context, &Action::DeleteSubject(subject.to_owned()))?;
        self.shared.cache.forget(subject);
        let call = Call::delete(format!("delete subject `{subject}` at"), &["subjects", subject]);
        self.call(&call.flag("permanent", permanent))
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
        let call = Call::delete(what, &["subjects", subject, "versions", &version.word()]);
        self.call(&call.flag("permanent", permanent))
    }
}
