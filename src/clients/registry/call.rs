//! What the registry is asked: a method on a path, with parameters and a body.

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::answer::read;
use super::error::RegistryError;
use super::session::Registry;
use crate::clients::exchange::{Repeat, exchange};
use crate::clients::http;
use crate::error::{Failure, Kind};

/// The media type of Confluent's API.
const MEDIA_TYPE: &str = "application/vnd.schemaregistry.v1+json";

/// One request, before it is sent.
pub(super) struct Call {
    /// The attempt up to the address: "list subjects of".
    what: String,
    method: Method,
    path: Vec<String>,
    query: Vec<(&'static str, String)>,
    body: Option<Json>,
    /// What registries without the path lack: "modes".
    optional: Option<&'static str>,
}

impl Call {
    /// A request for what is at `path`, whose segments may hold any character; `what` names the
    /// attempt up to the address: "list subjects of".
    pub(super) fn get(what: impl Into<String>, path: &[&str]) -> Call {
        Call::new(Method::GET, what, path)
    }

    /// A request that sends `body`.
    pub(super) fn post(what: impl Into<String>, path: &[&str], body: Json) -> Call {
        Call { body: Some(body), ..Call::new(Method::POST, what, path) }
    }

    /// A request that sets what is at `path`.
    pub(super) fn put(what: impl Into<String>, path: &[&str], body: Json) -> Call {
        Call { body: Some(body), ..Call::new(Method::PUT, what, path) }
    }

    /// A request that deletes what is at `path`.
    pub(super) fn delete(what: impl Into<String>, path: &[&str]) -> Call {
        Call::new(Method::DELETE, what, path)
    }

    fn new(method: Method, what: impl Into<String>, path: &[&str]) -> Call {
        let path = path.iter().map(ToString::to_string).collect();
        let (query, body, optional) = (Vec::new(), None, None);
        Call { what: what.into(), method, path, query, body, optional }
    }

    /// For a path that not every registry has; `what` is what it then lacks: "modes".
    pub(super) fn optional(self, what: &'static str) -> Call {
        Call { optional: Some(what), ..self }
    }

    /// With the parameter `name`.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Call {
        self.query.push((name, value.into()));
        self
    }

    /// With the parameter `name` as `true`, if it is.
    pub(super) fn flag(self, name: &'static str, value: bool) -> Call {
        if value { self.with(name, "true") } else { self }
    }

    /// Everything the registry is asked has the effect of one request however often it is sent,
    /// registering a schema included; only a deletion fails the second time.
    fn repeat(&self) -> Repeat {
        if self.method == Method::DELETE { Repeat::Untouched } else { Repeat::Always }
    }
}

impl Registry {
    /// Sends `call` and waits for its answer, at most the time limit.
    pub(super) fn call<T: DeserializeOwned>(&self, call: &Call) -> Result<T, RegistryError> {
        self.context.wait(&self.attempt(&call.what), self.timeout(), self.ask(call))?
    }

    /// Waits for `all` as long as it takes: each of its requests has [`Registry::ask_in_time`].
    pub(super) fn all<T>(
        &self,
        what: &str,
        all: impl Future<Output = Result<T, RegistryError>>,
    ) -> Result<T, RegistryError> {
        self.context.wait(&self.attempt(what), Duration::MAX, all)?
    }

    /// Sends `call` and waits at most the time limit; for calls that are sent along with others.
    pub(super) async fn ask_in_time<T: DeserializeOwned>(
        &self,
        call: &Call,
    ) -> Result<T, RegistryError> {
        let timeout = self.timeout();
        tokio::time::timeout(timeout, self.ask(call)).await.unwrap_or_else(|_| {
            let attempt = self.attempt(&call.what);
            let what = format!("cannot {attempt}: no answer within {timeout:?}");
            Err(Failure { retriable: true, ..Failure::new(Kind::Timeout, what) }.into())
        })
    }

    /// Sends `call`. The caller bounds the wait.
    pub(super) async fn ask<T: DeserializeOwned>(&self, call: &Call) -> Result<T, RegistryError> {
        let attempt = self.attempt(&call.what);
        match exchange(self.request(call), call.repeat(), self.timeout()).await {
            Ok(answer) => read(answer, attempt).map_err(|error| match call.optional {
                Some(what) => error.or_lacking(what),
                None => error,
            }),
            Err(silence) => Err(RegistryError::Silent { attempt, silence }),
        }
    }

    /// What errors say was attempted: "list subjects of localhost".
    pub(super) fn attempt(&self, what: &str) -> String {
        format!("{what} {}", self.url())
    }

    fn request(&self, call: &Call) -> RequestBuilder {
        let mut url = self.shared.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(&call.path);
        }
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        let request = self.shared.http.request(call.method.clone(), url);
        let request = http::authorise(request, &self.context.settings().registry);
        match &call.body {
            Some(json) => request.header("content-type", MEDIA_TYPE).body(json.to_string()),
            None => request,
        }
    }
}
