//! Subjects, their versions, contexts.

use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde::Deserialize;

use super::call::Call;
use super::error::RegistryError;
use super::level::Config;
use super::session::Registry;
use crate::formats::avro::evolution::Level;

/// How many requests wait for their answers at once.
pub(super) const AT_ONCE: usize = 16;

/// Which subjects are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Those whose name starts so; `:.name:` are those of a context.
    pub prefix: Option<String>,
    /// Also those that are deleted, but not for good.
    pub deleted: bool,
}

/// What is told of a subject beside its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Details {
    /// The numbers of its versions.
    pub versions: bool,
    /// The level that holds for it.
    pub levels: bool,
    /// Deleted versions, too.
    pub deleted: bool,
}

/// A subject with what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// The numbers of its versions, if they were asked for.
    pub versions: Option<Vec<u32>>,
    /// The level that holds for it, if it was asked for.
    pub level: Option<Level>,
}

/// A version of a subject that holds a schema.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Use {
    /// The subject.
    pub subject: String,
    /// The version.
    pub version: u32,
}

impl Registry {
    /// The names of the subjects, sorted.
    pub fn subjects(&self, listing: &Listing) -> Result<Vec<String>, RegistryError> {
        let mut call =
            Call::get("list subjects of", &["subjects"]).flag("deleted", listing.deleted);
        if let Some(prefix) = &listing.prefix {
            call = call.with("subjectPrefix", prefix);
        }
        let mut names: Vec<String> = self.call(&call)?;
        // Apicurio ignores the parameter. `:*:` are all contexts; names of `:.:`, the default one,
        // are written without it.
        if let Some(prefix) = listing.prefix.as_ref().filter(|prefix| *prefix != ":*:") {
            let start = prefix.strip_prefix(":.:").unwrap_or(prefix);
            names.retain(|name| name.starts_with(start));
        }
        names.sort();
        Ok(names)
    }

    /// The numbers of the versions of `subject`, in rising order, with those that are deleted but
    /// not for good if `deleted`.
    pub fn versions(&self, subject: &str, deleted: bool) -> Result<Vec<u32>, RegistryError> {
        let mut versions: Vec<u32> = self.call(&versions_of(subject, deleted))?;
        versions.sort_unstable();
        Ok(versions)
    }

    /// `details` of each of the subjects `names`, in their order; many are asked for at once, and
    /// each answer may take the time limit. A subject that is deleted meanwhile is left out.
    pub fn describe(
        &self,
        names: Vec<String>,
        details: Details,
    ) -> Result<Vec<Subject>, RegistryError> {
        let all = stream::iter(names)
            .map(|name| self.subject(name, details))
            .buffered(AT_ONCE)
            .try_filter_map(async |subject| Ok(subject))
            .try_collect();
        self.all("describe subjects of", all)
    }

    async fn subject(
        &self,
        name: String,
        details: Details,
    ) -> Result<Option<Subject>, RegistryError> {
        let mut subject = Subject { name, versions: None, level: None };
        if details.versions {
            match self.ask_in_time(&versions_of(&subject.name, details.deleted)).await {
                Ok(versions) => subject.versions = Some(versions),
                Err(RegistryError::Refused { status: 404, .. }) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        if details.levels {
            let Config { level } =
                self.ask_in_time(&Config::call(Some(&subject.name), true)).await?;
            subject.level = Some(level);
        }
        Ok(Some(subject))
    }

    /// The names of the contexts, sorted; the default one is `.`.
    pub fn contexts(&self) -> Result<Vec<String>, RegistryError> {
        let call = Call::get("list contexts of", &["contexts"]).optional("contexts");
        let names: Vec<String> = self.call(&call)?;
        // Apicurio writes the default one as `:.:`.
        let plain = |name: String| name.trim_matches(':').to_owned();
        let mut names: Vec<String> = names.into_iter().map(plain).collect();
        names.sort();
        Ok(names)
    }
}

fn versions_of(subject: &str, deleted: bool) -> Call {
    let what = format!("list versions of subject `{subject}` at");
    Call::get(what, &["subjects", subject, "versions"]).flag("deleted", deleted)
}
