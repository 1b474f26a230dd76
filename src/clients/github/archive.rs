//! A repository at a commit, as one archive.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::Response;
use tempfile::NamedTempFile;

use super::answer::Asked;
use super::cache::Cache;
use super::error::GithubError;
use super::repository::Repository;
use super::session::Github;
use crate::clients::exchange::{self, Silence};

/// The longest archive.
const LONGEST: usize = 128 << 20;
/// The longest answer that is no archive.
const WORDS: usize = 64 << 10;
/// How often an archive is fetched that does not arrive whole.
const TIMES: usize = 3;

/// What was read of an archive.
#[derive(Debug)]
pub struct Fetched<T> {
    /// What the caller made of it.
    pub value: T,
    /// The commit.
    pub commit: String,
    /// Whether the archive was kept from an earlier run.
    pub cached: bool,
}

/// Why an archive did not arrive.
enum Trouble {
    /// It may arrive the next time.
    Cut(GithubError),
    Final(GithubError),
}

impl Github {
    /// Reads the archive (`.tar.gz`) of `repository` at `reference`, a branch, tag or commit, with
    /// `read`, which fails on an archive that is not whole.
    ///
    /// At most two requests are sent: one for the commit, one for its archive, which is kept in the
    /// user's cache folder. One that is broken there is fetched again. Those of a repository that
    /// were used last are kept.
    pub fn archive<T, E: std::fmt::Display>(
        &self,
        repository: &Repository,
        reference: &str,
        read: impl Fn(&Path, &str) -> Result<T, E>,
    ) -> Result<Fetched<T>, GithubError> {
        let commit = self.commit(repository, reference)?;
        let read = |path: &Path| read(path, &commit);
        let cache = self.cache(repository);
        if let Some(cache) = &cache
            && let path = cache.archive(&commit)
            && path.is_file()
        {
            match read(&path) {
                Ok(value) => {
                    cache.used(&commit);
                    return Ok(Fetched { value, commit, cached: true });
                }
                Err(error) => tracing::warn!("{} is fetched again: {error}", path.display()),
            }
        }
        let value = self.fetch(repository, &commit, cache.as_ref(), read)?;
        Ok(Fetched { value, commit, cached: false })
    }

    /// Fetches the archive of `commit`, again where it does not arrive whole, and keeps it.
    fn fetch<T, E: std::fmt::Display>(
        &self,
        repository: &Repository,
        commit: &str,
        cache: Option<&Cache>,
        read: impl Fn(&Path) -> Result<T, E>,
    ) -> Result<T, GithubError> {
        let attempt = format!("fetch {repository} at {commit} from {}", self.server());
        let file = |error: std::io::Error| GithubError::File {
            attempt: attempt.clone(),
            reason: error.to_string(),
        };
        let mut delays = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(200))
            .with_max_times(TIMES - 1)
            .with_jitter()
            .build();
        loop {
            let mut part = part(cache).map_err(file)?;
            let arrived = self.download(&attempt, repository, commit, &mut part)?;
            let trouble = match arrived.map(|()| read(part.path())) {
                Ok(Ok(value)) => {
                    keep(cache, commit, part);
                    return Ok(value);
                }
                Ok(Err(error)) => {
                    let reason = format!("what arrived is broken: {error}");
                    GithubError::Broken { attempt: attempt.clone(), reason }
                }
                Err(Trouble::Cut(error)) => error,
                Err(Trouble::Final(error)) => return Err(error),
            };
            let Some(delay) = delays.next() else { return Err(trouble) };
            tracing::debug!(?delay, "{trouble}: fetched again");
            let pause = async { tokio::time::sleep(delay).await };
            self.context.wait(&attempt, Duration::MAX, pause)?;
        }
    }

    /// Writes the archive of `commit` into `part`.
    fn download(
        &self,
        attempt: &str,
        repository: &Repository,
        commit: &str,
        part: &mut NamedTempFile,
    ) -> Result<Result<(), Trouble>, GithubError> {
        let request = self.get(repository, ["tarball", commit]);
        let lost = |error: reqwest::Error| {
            let (attempt, silence) = (attempt.to_owned(), Silence::of(&error));
            let again = silence.may_pass() && exchange::broke(&error);
            let error = GithubError::Silent { attempt, silence };
            if again { Trouble::Cut(error) } else { Trouble::Final(error) }
        };
        let receive = async {
            let mut response = request.send().await.map_err(lost)?;
            if response.status().as_u16() != 200 {
                return Err(self.refused(attempt, repository, commit, response).await);
            }
            let mut length = 0;
            while let Some(chunk) = response.chunk().await.map_err(lost)? {
                length += chunk.len();
                let written = if length > LONGEST {
                    Err(format!("the archive is longer than {} MiB", LONGEST >> 20))
                } else {
                    part.write_all(&chunk).map_err(|error| error.to_string())
                };
                written.map_err(|reason| {
                    Trouble::Final(GithubError::File { attempt: attempt.to_owned(), reason })
                })?;
            }
            Ok(())
        };
        Ok(self.context.wait(attempt, self.timeout, receive)?)
    }

    async fn refused(
        &self,
        attempt: &str,
        repository: &Repository,
        commit: &str,
        mut response: Response,
    ) -> Trouble {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Ok(Some(chunk)) = response.chunk().await
            && body.len() < WORDS
        {
            body.extend_from_slice(&chunk);
        }
        let (attempt, token) = (attempt.to_owned(), self.has_token());
        let asked = Asked { attempt, repository, reference: commit, token };
        let error = asked.error(status, &headers, &String::from_utf8_lossy(&body));
        if status >= 500 { Trouble::Cut(error) } else { Trouble::Final(error) }
    }
}

/// A file for what arrives: in the cache, or where that cannot be written to, anywhere.
fn part(cache: Option<&Cache>) -> std::io::Result<NamedTempFile> {
    match cache.map(Cache::part) {
        Some(Ok(part)) => return Ok(part),
        Some(Err(error)) => tracing::warn!("the archive will not be kept: {error}"),
        None => {}
    }
    NamedTempFile::new()
}

/// Gives a whole archive its name. Another process may have done so before: they are the same.
fn keep(cache: Option<&Cache>, commit: &str, part: NamedTempFile) {
    let Some(cache) = cache else { return };
    let path = cache.archive(commit);
    if !path.parent().is_some_and(|folder| part.path().starts_with(folder)) {
        return;
    }
    if let Err(error) = part.persist(&path) {
        tracing::warn!("cannot keep {}: {error}", path.display());
        // It may be the broken one.
        let _ = fs::remove_file(&path);
    }
    cache.prune();
}
