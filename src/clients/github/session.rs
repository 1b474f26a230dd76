//! One run's view of GitHub: address, HTTP client, credentials, cache.

use std::time::Duration;

use reqwest::RequestBuilder;
use url::Url;

use super::cache::Cache;
use super::error::GithubError;
use super::repository::Repository;
use crate::clients::http;
use crate::context::Context;
use crate::settings::{Http, Secret};

/// How long a request waits unless the caller says otherwise: an archive takes its time.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Who asks. Nothing here ever prints.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// The name of the user; GitHub does without.
    pub user: Option<String>,
    /// A personal access token.
    pub token: Option<Secret>,
}

/// GitHub, or a server with its API.
pub struct Github {
    pub(super) context: Context,
    api: Url,
    http: reqwest::Client,
    credentials: Credentials,
    pub(super) timeout: Duration,
}

impl Github {
    /// GitHub for the run `context`; `given` takes the place of the credentials of the environment
    /// as far as it has any. Requests wait at most `timeout`, or 120 s.
    pub fn of(
        context: &Context,
        given: Credentials,
        timeout: Option<Duration>,
    ) -> Result<Github, GithubError> {
        let settings = &context.settings().github;
        let address = settings.api.clone();
        let unusable = |reason: String| GithubError::Address { url: address.clone(), reason };
        if !address.starts_with("http://") && !address.starts_with("https://") {
            return Err(unusable("it does not start with http:// or https://".to_owned()));
        }
        let api = Url::parse(&address).map_err(|error| unusable(error.to_string()))?;
        if !api.username().is_empty() || api.password().is_some() {
            return Err(unusable("credentials do not belong there".to_owned()));
        }
        let http = http::client(&api, &Http::default());
        let http = http.map_err(|error| unusable(error.to_string()))?;
        let credentials = Credentials {
            user: given.user.or_else(|| settings.user.clone()),
            token: given.token.or_else(|| settings.token.clone()),
        };
        let (context, timeout) = (context.clone(), timeout.unwrap_or(TIMEOUT));
        Ok(Github { context, api, http, credentials, timeout })
    }

    /// The server, with its port where that is unusual.
    pub(super) fn server(&self) -> String {
        let host = self.api.host_str().unwrap_or_default();
        match self.api.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    pub(super) fn has_token(&self) -> bool {
        self.credentials.token.is_some()
    }

    /// The cache of `repository`; none where there is no home.
    pub(super) fn cache(&self, repository: &Repository) -> Option<Cache> {
        let base = self.context.settings().cache.as_deref()?;
        // A colon is no part of a folder's name everywhere.
        Some(Cache::of(base, &self.server().replace(':', "_"), repository))
    }

    /// A request for `path` of `repository`, whose segments may hold any character. Credentials are
    /// left out where a redirection leads to another server.
    pub(super) fn get(&self, repository: &Repository, path: [&str; 2]) -> RequestBuilder {
        let mut url = self.api.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            let repository = ["repos", &repository.owner, &repository.name];
            segments.pop_if_empty().extend(repository).extend(path);
        }
        let request = self.http.get(url).header("x-github-api-version", "2022-11-28");
        match (&self.credentials.user, &self.credentials.token) {
            (Some(user), Some(token)) => request.basic_auth(user, Some(token.expose())),
            (None, Some(token)) => request.bearer_auth(token.expose()),
            _ => request,
        }
    }
}
