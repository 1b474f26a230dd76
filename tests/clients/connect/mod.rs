//! Tests of `clients::connect` against servers that misbehave.

mod auth;
mod faults;
mod files;
mod rebalance;

use serde_json::Value;
use tokio::runtime::Runtime;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::support::Kafkaefd;

/// A server that answers as a test tells it to.
pub struct Fake {
    pub server: MockServer,
    pub runtime: Runtime,
}

impl Fake {
    pub fn new() -> Fake {
        let runtime = Runtime::new().unwrap();
        Fake { server: runtime.block_on(MockServer::start()), runtime }
    }

    /// Answers every request with `status` and `body`.
    pub fn always(status: u16, body: &str) -> Fake {
        let fake = Fake::new();
        let answer = ResponseTemplate::new(status).set_body_string(body);
        fake.mount(Mock::given(matchers::any()).respond_with(answer));
        fake
    }

    /// Answers `call` ("GET /connectors") with `status` and `json`.
    pub fn answers(&self, call: &str, status: u16, json: &Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let answer = ResponseTemplate::new(status).set_body_json(json);
        let mock = Mock::given(matchers::method(method)).and(matchers::path(path));
        self.mount(mock.respond_with(answer));
    }

    pub fn mount(&self, mock: Mock) {
        self.runtime.block_on(self.server.register(mock));
    }

    /// How many requests came.
    pub fn asked(&self) -> usize {
        self.runtime.block_on(self.server.received_requests()).unwrap().len()
    }

    pub fn run(&self, script: &str) -> Kafkaefd {
        Kafkaefd::new()
            .file("t.rhai", script)
            .args(["--kafka-connect", &self.server.uri(), "run", "t.rhai"])
            .stderr("")
    }

    /// What a script catches around `call`: kind, code, retriable, message, remedy, a line each;
    /// the address is `URL`.
    pub fn catches(&self, call: &str) -> String {
        let script = format!(
            "try {{ {call}; print(\"no error\"); }} catch (err) {{\n\
             print(`${{err.kind}} ${{err.code}} ${{err.retriable}}`);\n\
             print(err.message); print(err.remedy);\n}}"
        );
        let output = self.run(&script).success();
        String::from_utf8(output.stdout).unwrap().replace(&self.server.uri(), "URL")
    }
}
