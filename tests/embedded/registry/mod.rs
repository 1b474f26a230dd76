//! Tests of the embedded registry, over HTTP as any client sees it.

mod compatibility;
mod config;
mod delete;
mod mode;
mod references;
mod register;
mod server;

use kafkaefd::embedded::registry::RegistryServer;
use serde_json::{Value, json};

/// A registry of one test.
pub struct Bed {
    server: RegistryServer,
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
}

impl Bed {
    pub fn new() -> Bed {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Bed { server: RegistryServer::start(0).unwrap(), runtime, client: reqwest::Client::new() }
    }

    /// The status and the body of `call` ("GET /subjects").
    pub fn raw(&self, call: &str, body: Option<&str>) -> (u16, Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let url = format!("{}{path}", self.server.url());
        let mut request = self.client.request(method.parse().unwrap(), url);
        if let Some(body) = body {
            request = request.body(body.to_owned());
        }
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
            assert_eq!(kind, "application/vnd.schemaregistry.v1+json");
            (response.status().as_u16(), response.json().await.unwrap())
        })
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
