//! What is asked for: a repository, and a branch, tag or commit of it.

use std::fmt;

use super::error::GithubError;

/// A repository: `OWNER/NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    pub(super) owner: String,
    pub(super) name: String,
}

impl Repository {
    /// The repository that `text`, as `lsst-ts/ts_xml`, names.
    pub fn parse(text: &str) -> Result<Repository, GithubError> {
        let plain = |part: &str| {
            let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !matches!(part, "" | "." | "..") && part.chars().all(fits)
        };
        match text.split_once('/') {
            Some((owner, name)) if plain(owner) && plain(name) => {
                Ok(Repository { owner: owner.to_owned(), name: name.to_owned() })
            }
            _ => Err(GithubError::Repository(text.to_owned())),
        }
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

/// Fails unless `reference` may be a branch, tag or commit (git-check-ref-format): it becomes part
/// of an address.
pub(super) fn check_reference(reference: &str) -> Result<(), GithubError> {
    let odd = |c: char| c.is_control() || " ~^:?*[\\".contains(c);
    if reference.is_empty()
        || reference.contains("..")
        || reference.contains(odd)
        || reference == "."
    {
        return Err(GithubError::Reference(reference.to_owned()));
    }
    Ok(())
}

/// Whether `reference` is a whole commit, which never changes.
pub(super) fn is_commit(reference: &str) -> bool {
    reference.len() == 40 && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}
