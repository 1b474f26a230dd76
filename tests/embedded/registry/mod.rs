//! Tests of the embedded registry, over HTTP as any client sees it.

mod api;
mod compatibility;
mod config;
mod data;
mod delete;
mod mode;
mod pairs;
mod references;
mod refusals;
mod register;
mod server;

use api::{Api, Body};
use kafkaefd::embedded::registry::RegistryServer;
use serde_json::{Value, json};

/// A registry of one test.
pub struct Bed {
    _server: RegistryServer,
    api: Api,
}

impl Bed {
    pub fn new() -> Bed {
        let server = RegistryServer::start(0).unwrap();
        Bed { api: Api::at(&server.url()), _server: server }
    }

    pub fn api(&self) -> &Api {
        &self.api
    }

    /// The status and the body of `call` ("GET /subjects").
    pub fn raw(&self, call: &str, body: Option<&str>) -> (u16, Value) {
        let body = body.map(|text| Body { text, ..Body::default() });
        let (status, kind, answer) = self.api.send(call, body);
        assert_eq!(kind, "application/vnd.schemaregistry.v1+json");
        (status, answer)
    }

    /// The body of a call that succeeds.
    pub fn call(&self, call: &str) -> Value {
        let (status, body) = self.raw(call, None);
        assert_eq!(status, 200, "{call}: {body}");
        body
    }

    /// The body of a successful call that sends `schema`.
    pub fn send(&self, call: &str, schema: &Value) -> Value {
        let body = json!({ "schema": schema.to_string() }).to_string();
        let (status, answer) = self.raw(call, Some(&body));
        assert_eq!(status, 200, "{call}: {answer}");
        answer
    }

    /// Status, error code and message of a call that fails.
    pub fn fails(&self, call: &str, body: Option<&str>) -> (u16, i64, String) {
        let (status, answer) = self.raw(call, body);
        let message = answer["message"].as_str().unwrap().to_owned();
        (status, answer["error_code"].as_i64().unwrap(), message)
    }
}

/// A record `X` with these fields.
pub fn record(fields: &Value) -> Value {
    json!({ "type": "record", "name": "X", "fields": fields })
}

/// The body that sends `schema`.
pub fn body(schema: &Value) -> String {
    json!({ "schema": schema.to_string() }).to_string()
}
