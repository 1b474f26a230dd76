//! A server for one of the HTTP clients, which answers as a test tells it to.

use serde_json::Value;
use tokio::runtime::Runtime;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use super::Kafkaefd;

/// A server that answers as a test tells it to.
pub struct Fake {
    pub server: MockServer,
    pub runtime: Runtime,
    option: &'static str,
}

impl Fake {
    /// A server without answers yet, which scripts reach by `option` (`--registry`).
    pub fn of(option: &'static str) -> Fake {
        let runtime = Runtime::new().unwrap();
        Fake { server: runtime.block_on(MockServer::start()), runtime, option }
    }

    /// Answers every request with `status` and `body`.
    pub fn always(self, status: u16, body: &str) -> Fake {
        let answer = ResponseTemplate::new(status).set_body_string(body);
        self.mount(Mock::given(matchers::any()).respond_with(answer));
        self
    }

    /// Answers every request that brings `header` as its credentials with `json`.
    pub fn greets(self, header: &str, json: &Value) -> Fake {
        let wanted = matchers::header("authorization", header);
        let answer = ResponseTemplate::new(200).set_body_json(json);
        self.mount(Mock::given(wanted).respond_with(answer));
        self
    }

    /// Answers `call` ("GET /subjects") with `status` and `json`.
    pub fn answers(&self, call: &str, status: u16, json: &Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let answer = ResponseTemplate::new(status).set_body_json(json);
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

    /// A run of `script` with this server, below `prefix`.
    pub fn run_below(&self, prefix: &str, script: &str) -> Kafkaefd {
        let url = format!("{}{prefix}", self.server.uri());
        Kafkaefd::new().file("t.rhai", script).args([self.option, &url, "run", "t.rhai"]).stderr("")
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

    /// A run of `script` whose profile names this server as `name` (`registry`), with `lines` under
    /// `[profiles.test.NAME_http]`.
    pub fn with_profile(&self, name: &str, lines: &str, script: &str) -> Kafkaefd {
        let url = self.server.uri();
        let file = format!(
            "profile = \"test\"\n\n[profiles.test]\n{name} = \"{url}\"\n\n\
             [profiles.test.{name}_http]\n{lines}"
        );
        Kafkaefd::new()
            .file("kafkaefd.toml", &file)
            .file("t.rhai", script)
            .args(["run", "t.rhai"])
            .stderr("")
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
