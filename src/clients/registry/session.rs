//! One run's view of the registry: address, HTTP client, cache, time limit.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::Value as Json;
use url::Url;

use super::answer::Answer;
use super::cache::Cache;
use super::error::RegistryError;
use crate::clients::http;
use crate::context::Context;
use crate::error::Failure;
use crate::settings::Http;

/// How long a call waits unless the run says otherwise.
const TIMEOUT_MS: u64 = 10_000;

/// The registry of a run. Every method waits for the answer, at most [`Registry::timeout`], and ends at
/// once when the run is stopped.
///
/// It holds the run: do not keep it in [`Context::resource`].
#[derive(Clone)]
pub struct Registry {
    pub(super) context: Context,
    pub(super) shared: Arc<Shared>,
}

/// What all users of the registry in a run share.
pub(super) struct Shared {
    url: Url,
    http: reqwest::Client,
    pub(super) cache: Cache,
    timeout: AtomicU64,
}

/// One version of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The one with the highest number.
    Latest,
    /// The one with this number, from 1 up.
    Number(u32),
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Version::Latest => f.write_str("the latest version"),
            Version::Number(number) => write!(f, "version {number}"),
        }
    }
}

impl Version {
    /// The version as paths name it.
    pub(super) fn word(self) -> String {
        match self {
            Version::Latest => "latest".to_owned(),
            Version::Number(number) => number.to_string(),
        }
    }
}

impl Registry {
    /// The registry of `context`; connections and cache are shared by all users in the run.
    pub fn of(context: &Context) -> Result<Arc<Registry>, Failure> {
        let address = context.endpoints()?.registry()?.to_owned();
        let trust = &context.settings().registry;
        let shared = context.resource(|| Ok(Shared::new(&address, trust)?))?;
        let context = context.clone();
        Ok(Arc::new(Registry { context, shared }))
    }

    /// How long each call of this run waits for its answer; 10 s unless it was set.
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(self.shared.timeout.load(Ordering::Relaxed))
    }

    /// Sets how long each call of this run waits for its answer.
    pub fn set_timeout(&self, timeout: Duration) {
        let millis = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
        self.shared.timeout.store(millis, Ordering::Relaxed);
    }

    /// The address, without credentials.
    pub fn url(&self) -> String {
        let mut url = self.shared.url.clone();
        // Both only fail for URLs without a host, which carry no credentials.
        let _ = url.set_password(None);
        let _ = url.set_username("");
        url.as_str().trim_end_matches('/').to_owned()
    }

    /// Starts a request on `path`, whose segments may hold any character, with one
    /// parameter at most.
    pub(super) fn request(
        &self,
        method: Method,
        path: &[&str],
        query: Option<(&str, &str)>,
    ) -> RequestBuilder {
        let mut url = self.shared.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if let Some((name, value)) = query {
            url.query_pairs_mut().append_pair(name, value);
        }
        http::authorise(self.shared.http.request(method, url), &self.context.settings().registry)
    }

    /// Sends `request` and waits; `what` names the attempt up to the address: "list subjects of".
    pub(super) fn send(
        &self,
        what: &str,
        request: RequestBuilder,
        body: Option<&Json>,
    ) -> Result<(String, Answer), RegistryError> {
        let attempt = format!("{what} {}", self.url());
        let request = match body {
            Some(json) => request
                .header("content-type", "application/vnd.schemaregistry.v1+json")
                .body(json.to_string()),
            None => request,
        };
        let exchange = async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            Ok(Answer { status, body: response.text().await? })
        };
        let answer: Result<Answer, reqwest::Error> =
            self.context.wait(&attempt, self.timeout(), exchange)?;
        match answer {
            Ok(answer) => Ok((attempt, answer)),
            Err(error) => Err(match http::tls_reason(&error) {
                Some(reason) => RegistryError::Tls { attempt, reason },
                None => RegistryError::Unreachable { attempt, reason: http::reason(&error) },
            }),
        }
    }
}

impl Shared {
    fn new(address: &str, trust: &Http) -> Result<Shared, RegistryError> {
        let unusable = |reason: String| RegistryError::Address { url: address.to_owned(), reason };
        if !address.starts_with("http://") && !address.starts_with("https://") {
            return Err(unusable("it does not start with http:// or https://".to_owned()));
        }
        let url = Url::parse(address).map_err(|error| unusable(error.to_string()))?;
        let http = http::client(&url, trust).map_err(|error| unusable(error.to_string()))?;
        Ok(Shared { url, http, cache: Cache::default(), timeout: AtomicU64::new(TIMEOUT_MS) })
    }
}
