//! One run's view of the registry: address, HTTP client, cache, time limit.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::cache::Cache;
use super::error::RegistryError;
use crate::clients::http;
use crate::context::Context;
use crate::error::Failure;
use crate::settings::Http;

/// How long a call waits unless it says otherwise.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The registry of a run. Every method waits for the answer, at most [`Registry::timeout`], and
/// ends at once when the run is stopped.
///
/// It holds the run: do not keep it in [`Context::resource`].
#[derive(Clone)]
pub struct Registry {
    pub(super) context: Context,
    pub(super) shared: Arc<Shared>,
    timeout: Duration,
}

/// What all users of the registry in a run share.
pub(super) struct Shared {
    pub(super) url: Url,
    pub(super) http: reqwest::Client,
    pub(super) cache: Cache,
}

impl Registry {
    /// The registry of `context`; connections and cache are shared by all users in the run.
    pub fn of(context: &Context) -> Result<Arc<Registry>, Failure> {
        let address = context.endpoints()?.registry()?.to_owned();
        let trust = &context.settings().registry;
        let shared = context.resource(|| Ok(Shared::new(&address, trust)?))?;
        let context = context.clone();
        Ok(Arc::new(Registry { context, shared, timeout: TIMEOUT }))
    }

    /// How long each call waits for its answer; 10 s unless [`Registry::within`] says otherwise.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The same registry, whose calls wait at most `timeout` if one is given.
    #[must_use]
    pub fn within(&self, timeout: Option<Duration>) -> Registry {
        Registry { timeout: timeout.unwrap_or(self.timeout), ..self.clone() }
    }

    /// The address, without credentials.
    pub fn url(&self) -> String {
        let mut url = self.shared.url.clone();
        // Both only fail for URLs without a host, which carry no credentials.
        let _ = url.set_password(None);
        let _ = url.set_username("");
        url.as_str().trim_end_matches('/').to_owned()
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
        Ok(Shared { url, http, cache: Cache::default() })
    }
}
