//! One run's view of Connect: address, HTTP client, time limit.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::{Method, RequestBuilder};
use serde_json::Value as Json;
use url::Url;

use super::answer::Answer;
use super::error::ConnectError;
use crate::clients::exchange::{Repeat, Silence, exchange};
use crate::clients::http;
use crate::context::Context;
use crate::error::{Failure, Kind};
use crate::settings::Http;

/// How long a call waits unless the run says otherwise.
const TIMEOUT_MS: u64 = 10_000;

/// Kafka Connect of a run. Every method waits for the answer, at most [`Connect::timeout`], and ends
/// at once when the run is stopped. While Connect rebalances, requests are sent again.
///
/// It holds the run: do not keep it in [`Context::resource`].
#[derive(Clone)]
pub struct Connect {
    pub(super) context: Context,
    shared: Arc<Shared>,
}

/// What all users of Connect in a run share.
struct Shared {
    url: Url,
    http: reqwest::Client,
    timeout: AtomicU64,
}

/// A request before it is sent.
pub(super) struct Call<'a> {
    /// What is attempted, up to the address: "list connectors of".
    what: String,
    method: Method,
    path: &'a [&'a str],
    query: Vec<(&'a str, &'a str)>,
    body: Option<Json>,
}

impl<'a> Call<'a> {
    /// A request for `path`, whose segments may hold any character; `what` names the attempt up
    /// to the address: "list connectors of".
    pub(super) fn new(what: impl Into<String>, method: Method, path: &'a [&'a str]) -> Call<'a> {
        Call { what: what.into(), method, path, query: Vec::new(), body: None }
    }

    /// The same with a parameter.
    pub(super) fn with(mut self, name: &'a str, value: &'a str) -> Call<'a> {
        self.query.push((name, value));
        self
    }

    /// The same with `body`.
    pub(super) fn body(mut self, body: Json) -> Call<'a> {
        self.body = Some(body);
        self
    }
}

impl Connect {
    /// Kafka Connect of `context`; connections are shared by all users in the run.
    pub fn of(context: &Context) -> Result<Connect, Failure> {
        // Before the endpoints are asked for, or an embedded stack would start for nothing.
        if context.settings().endpoints.embedded {
            return Err(none_embedded());
        }
        let endpoints = context.endpoints()?;
        if endpoints.embedded {
            return Err(none_embedded());
        }
        let address = endpoints.connect()?.to_owned();
        let trust = &context.settings().connect;
        let shared = context.resource(|| Ok(Shared::new(&address, trust)?))?;
        Ok(Connect { context: context.clone(), shared })
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

    /// Sends `call` and waits; returns the attempt with the address, and the answer.
    pub(super) fn send(&self, call: &Call<'_>) -> Result<(String, Answer), ConnectError> {
        let attempt = format!("{} {}", call.what, self.url());
        let busy = Mutex::new(None);
        match self.context.wait(&attempt, self.timeout(), self.settled(call, &busy)) {
            Ok(Ok(answer)) => Ok((attempt, answer)),
            Ok(Err(silence)) => Err(ConnectError::Silent { attempt, silence }),
            Err(failure) => match busy.into_inner().unwrap_or_else(PoisonError::into_inner) {
                Some(message) if failure.kind == Kind::Timeout => {
                    Err(ConnectError::Rebalancing { attempt, message })
                }
                _ => Err(failure.into()),
            },
        }
    }

    /// The answer to `call` once Connect does not rebalance; `busy` keeps what it says till then.
    async fn settled(
        &self,
        call: &Call<'_>,
        busy: &Mutex<Option<String>>,
    ) -> Result<Answer, Silence> {
        let mut delays = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(50))
            .with_max_delay(Duration::from_secs(1))
            .without_max_times()
            .build();
        loop {
            // What fails inside Connect (status 500) mostly fails again, so it is told at once.
            let answer = exchange(self.request(call), Repeat::Untouched, self.timeout()).await?;
            let answer = Answer { status: answer.status, body: answer.body };
            let (Some(message), Some(delay)) = (answer.rebalance(), delays.next()) else {
                return Ok(answer);
            };
            tracing::debug!(%message, ?delay, "Connect rebalances: sent again");
            *busy.lock().unwrap_or_else(PoisonError::into_inner) = Some(message);
            tokio::time::sleep(delay).await;
        }
    }

    fn request(&self, call: &Call<'_>) -> RequestBuilder {
        let mut url = self.shared.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(call.path);
        }
        for (name, value) in &call.query {
            url.query_pairs_mut().append_pair(name, value);
        }
        let request = self.shared.http.request(call.method.clone(), url);
        let request = http::authorise(request, &self.context.settings().connect);
        match &call.body {
            Some(body) => request.json(body),
            None => request.header("accept", "application/json"),
        }
    }
}

impl Shared {
    fn new(address: &str, trust: &Http) -> Result<Shared, ConnectError> {
        let unusable = |reason: String| ConnectError::Address { url: address.to_owned(), reason };
        if !address.starts_with("http://") && !address.starts_with("https://") {
            return Err(unusable("it does not start with http:// or https://".to_owned()));
        }
        let url = Url::parse(address).map_err(|error| unusable(error.to_string()))?;
        let http = http::client(&url, trust).map_err(|error| unusable(error.to_string()))?;
        Ok(Shared { url, http, timeout: AtomicU64::new(TIMEOUT_MS) })
    }
}

fn none_embedded() -> Failure {
    Failure::new(Kind::Unsupported, "cannot reach Kafka Connect: the embedded stack has none")
        .with_remedy("use a real one: --kafka-connect URL, or a profile with one: --profile local")
}
