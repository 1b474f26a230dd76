//! Compatibility levels, and whether a schema keeps to one.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::error::RegistryError;
use super::session::{Registry, Version};
use crate::clients::{Action, authorize};
use crate::formats::avro::Schema;
use crate::formats::avro::evolution::Level;

/// Whether a schema may follow the versions of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Verdict {
    /// It may.
    #[serde(rename = "is_compatible")]
    pub compatible: bool,
    /// Why it may not, as the registry says it.
    #[serde(default, rename = "messages")]
    pub reasons: Vec<String>,
}

#[derive(Deserialize)]
struct Config {
    #[serde(alias = "compatibility")]
    #[serde(rename = "compatibilityLevel")]
    level: String,
}

impl Registry {
    /// Whether `schema` may follow `version` of `subject` by the subject's level; without a
    /// version, whether it may be registered.
    pub fn compatible(
        &self,
        subject: &str,
        version: Option<Version>,
        schema: &Schema,
    ) -> Result<Verdict, RegistryError> {
        let Some(version) = version else {
            let verdict = self.check(subject, "the versions", None, schema);
            return match verdict {
                // Registries before 6.1 check against one version only.
                Err(
                    RegistryError::Strange { status: 404 | 405, .. }
                    | RegistryError::Refused { status: 404 | 405, code: Some(404 | 405), .. },
                ) => self.compatible(subject, Some(Version::Latest), schema),
                other => other,
            };
        };
        self.check(subject, &version.to_string(), Some(&version.word()), schema)
    }

    fn check(
        &self,
        subject: &str,
        against: &str,
        version: Option<&str>,
        schema: &Schema,
    ) -> Result<Verdict, RegistryError> {
        let what = format!("check a schema against {against} of subject `{subject}` at");
        let path = ["compatibility", "subjects", subject, "versions"];
        let path: Vec<&str> = path.into_iter().chain(version).collect();
        let request = self.request(Method::POST, &path, Some(("verbose", "true")));
        let (attempt, answer) =
            self.send(&what, request, Some(&json!({ "schema": schema.text() })))?;
        answer.read(&attempt)
    }

    /// The level of `subject`, or the one of all subjects that have none of their own.
    pub fn level(&self, subject: Option<&str>) -> Result<Level, RegistryError> {
        let what = match subject {
            Some(subject) => format!("read the compatibility level of subject `{subject}` at"),
            None => "read the compatibility level of".to_owned(),
        };
        let path: Vec<&str> = ["config"].into_iter().chain(subject).collect();
        let inherit = subject.map(|_| ("defaultToGlobal", "true"));
        let request = self.request(Method::GET, &path, inherit);
        let (attempt, answer) = self.send(&what, request, None)?;
        let Config { level } = answer.read(&attempt)?;
        Level::from_word(&level).ok_or(RegistryError::Level(level))
    }

    /// The level that `subject` has of its own, if it has one.
    pub fn own_level(&self, subject: &str) -> Result<Option<Level>, RegistryError> {
        let what = format!("read the compatibility level of subject `{subject}` at");
        let request = self.request(Method::GET, &["config", subject], None);
        let (attempt, answer) = self.send(&what, request, None)?;
        match answer.read::<Config>(&attempt) {
            Ok(Config { level }) => {
                Level::from_word(&level).map(Some).ok_or(RegistryError::Level(level))
            }
            // 40408; 40401 of registries before 7.0.
            Err(RegistryError::Refused { code: Some(40401 | 40408), .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sets the level of `subject`, or the one of all subjects that have none of their own.
    pub fn set_level(&self, subject: Option<&str>, level: Level) -> Result<(), RegistryError> {
        let action = Action::SetCompatibility(subject.unwrap_or("*").to_owned());
        authorize(&self.context, &action)?;
        let what = match subject {
            Some(subject) => format!("set the compatibility level of subject `{subject}` at"),
            None => "set the compatibility level of".to_owned(),
        };
        let path: Vec<&str> = ["config"].into_iter().chain(subject).collect();
        let request = self.request(Method::PUT, &path, None);
        let (attempt, answer) =
            self.send(&what, request, Some(&json!({ "compatibility": level.word() })))?;
        answer.read::<serde_json::Value>(&attempt).map(drop)
    }
}
