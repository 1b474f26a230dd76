//! Whether a schema may follow what a subject holds.

use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde::Deserialize;

use super::call::Call;
use super::error::RegistryError;
use super::reasons;
use super::session::Registry;
use super::subjects::AT_ONCE;
use super::version::{Draft, Version};

/// Whether a schema may follow the versions of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Verdict {
    /// It may.
    #[serde(rename = "is_compatible")]
    pub compatible: bool,
    /// Why it may not, in the registry's words.
    #[serde(default, rename = "messages", deserialize_with = "reasons::read")]
    pub reasons: Option<Vec<String>>,
}

impl Registry {
    /// Whether the schema of `draft` may follow `version` of `subject` by the subject's level;
    /// without a version, whether it may be registered.
    pub fn compatible(
        &self,
        subject: &str,
        version: Option<Version>,
        draft: &Draft,
    ) -> Result<Verdict, RegistryError> {
        let verdict = self.call(&check(subject, version, draft));
        match verdict {
            // Registries before 6.1 check against one version only.
            Err(
                RegistryError::Strange { status: 404 | 405, .. }
                | RegistryError::Refused { status: 404 | 405, code: Some(404 | 405), .. },
            ) if version.is_none() => self.call(&check(subject, Some(Version::Latest), draft)),
            other => other,
        }
    }

    /// Whether the schema of `draft` may follow each version of `subject` by the subject's level,
    /// in the order of the versions; many are asked for at once.
    pub fn compatible_each(
        &self,
        subject: &str,
        draft: &Draft,
    ) -> Result<Vec<(u32, Verdict)>, RegistryError> {
        let versions = self.versions(subject, false)?;
        let all = stream::iter(versions)
            .map(async |number| {
                let version = Some(Version::Number(number));
                Ok::<_, RegistryError>((
                    number,
                    self.ask_in_time(&check(subject, version, draft)).await?,
                ))
            })
            .buffered(AT_ONCE)
            .try_collect();
        let what = format!("check a schema against all versions of subject `{subject}` at");
        self.all(&what, all)
    }
}

fn check(subject: &str, version: Option<Version>, draft: &Draft) -> Call {
    let against = version.map_or("the versions".to_owned(), |version| version.to_string());
    let what = format!("check a schema against {against} of subject `{subject}` at");
    let word = version.map(Version::word);
    let path = ["compatibility", "subjects", subject, "versions"];
    let path: Vec<&str> = path.into_iter().chain(word.as_deref()).collect();
    Call::post(what, &path, draft.body()).flag("verbose", true)
}
