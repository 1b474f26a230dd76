//! Which commit a branch or tag stands for.

use jiff::Timestamp;
use reqwest::header::{ACCEPT, ETAG, IF_NONE_MATCH};

use super::answer::Asked;
use super::cache::{Cache, Known};
use super::error::GithubError;
use super::repository::{Repository, check_reference, is_commit};
use super::session::Github;
use crate::clients::exchange::{Answer, Repeat, exchange};

impl Github {
    /// The commit that `reference` stands for now; the one it last stood for where GitHub cannot be
    /// asked, which is logged. A whole commit stands for itself.
    pub(super) fn commit(
        &self,
        repository: &Repository,
        reference: &str,
    ) -> Result<String, GithubError> {
        check_reference(reference)?;
        if is_commit(reference) {
            return Ok(reference.to_lowercase());
        }
        let cache = self.cache(repository);
        let known = cache.as_ref().and_then(|cache| cache.known(reference));
        match (self.ask_commit(repository, reference, known.as_ref()), known) {
            (Ok(now), _) => {
                keep(cache.as_ref(), reference, &now);
                Ok(now.commit)
            }
            (Err(error), Some(known)) if error.is_passing() => {
                let day = Timestamp::from_second(known.seen).unwrap_or_default();
                let day = day.strftime("%Y-%m-%d %H:%M UTC");
                tracing::warn!("{error}: using `{reference}` of {repository} as of {day}");
                Ok(known.commit)
            }
            (Err(error), _) => Err(error),
        }
    }

    fn ask_commit(
        &self,
        repository: &Repository,
        reference: &str,
        known: Option<&Known>,
    ) -> Result<Known, GithubError> {
        let attempt = format!("find `{reference}` of {repository} on {}", self.server());
        let mut request = self.get(repository, ["commits", reference]);
        request = request.header(ACCEPT, "application/vnd.github.sha");
        if let Some(etag) = known.and_then(|known| known.etag.as_ref()) {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let patience = self.timeout;
        let asked = exchange(request, Repeat::UnlessLimited, patience);
        let answer = match self.context.wait(&attempt, patience, asked)? {
            Ok(answer) => answer,
            Err(silence) => return Err(GithubError::Silent { attempt, silence }),
        };
        let seen = Timestamp::now().as_second();
        match (answer.status, known) {
            (304, Some(known)) => Ok(Known { seen, ..known.clone() }),
            (200, _) if is_commit(answer.body.trim()) => {
                let etag = answer.headers.get(ETAG).and_then(|etag| etag.to_str().ok());
                let commit = answer.body.trim().to_lowercase();
                Ok(Known { commit, etag: etag.map(str::to_owned), seen })
            }
            _ => Err(self.refusal(attempt, repository, reference, &answer)),
        }
    }

    fn refusal(
        &self,
        attempt: String,
        repository: &Repository,
        reference: &str,
        answer: &Answer,
    ) -> GithubError {
        if answer.status < 300 {
            let message = "the answer is not GitHub's: it is no commit".to_owned();
            return GithubError::Refused { attempt, status: answer.status, message };
        }
        let token = self.has_token();
        let asked = Asked { attempt, repository, reference, token };
        asked.error(answer.status, &answer.headers, &answer.body)
    }
}

/// Without a note the next run asks again: that is all.
fn keep(cache: Option<&Cache>, reference: &str, known: &Known) {
    if let Some(Err(error)) = cache.map(|cache| cache.keep(reference, known)) {
        tracing::debug!("cannot keep what `{reference}` stands for: {error}");
    }
}
