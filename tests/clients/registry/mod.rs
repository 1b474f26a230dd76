//! Tests of `clients::registry` against servers that misbehave.

mod auth;
mod cache;
mod faults;
mod patience;

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

    /// Answers `call` ("GET /subjects") with `json`.
    pub fn answers(&self, call: &str, json: &Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let answer = ResponseTemplate::new(200).set_body_json(json);
        let mock = Mock::given(matchers::method(method)).and(matchers::path(path));
        self.mount(mock.respond_with(answer));
    }

    pub fn mount(&self, mock: Mock) {
        self.runtime.block_on(self.server.register(mock));
    }

    /// The paths that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap();
        requests
            .iter()
            .map(|request| format!("{} {}", request.method, request.url.path()))
            .collect()
    }

    /// A run of `script` with this registry, below `prefix`.
    pub fn run_below(&self, prefix: &str, script: &str) -> Kafkaefd {
        let url = format!("{}{prefix}", self.server.uri());
        Kafkaefd::new()
            .file("t.rhai", script)
            .args(["--registry", &url, "run", "t.rhai"])
            .stderr("")
    }

    pub fn run(&self, script: &str) -> Kafkaefd {
        self.run_below("", script)
    }

    /// What a script catches around `call`: kind, code, retriable, message, remedy, a line each;
    /// the address is `URL`.
    pub fn catches(&self, call: &str) -> String {
        let output = self.run(&catching(call)).success();
        String::from_utf8(output.stdout).unwrap().replace(&self.server.uri(), "URL")
    }
}

/// A script that prints what it catches around `call`.
pub fn catching(call: &str) -> String {
    format!(
        "try {{ {call}; print(\"no error\"); }} catch (err) {{\n\
         print(`${{err.kind}} ${{err.code}} ${{err.retriable}}`);\n\
         print(err.message); print(err.remedy);\n}}"
    )
}
