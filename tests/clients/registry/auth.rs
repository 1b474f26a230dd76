use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers};

use super::Fake;
use crate::support::Kafkaefd;

/// A run with `lines` under `[profiles.test.registry_http]` against a server that wants `header`.
fn greeted(header: &str, lines: &str) {
    let fake = Fake::new();
    let answer = ResponseTemplate::new(200).set_body_json(json!(["s"]));
    let wanted = matchers::header("authorization", header);
    fake.mount(Mock::given(wanted).respond_with(answer));
    let url = fake.server.uri();
    let file = format!(
        "profile = \"test\"\n\n[profiles.test]\nregistry = \"{url}\"\n\n\
         [profiles.test.registry_http]\n{lines}"
    );
    Kafkaefd::new()
        .file("kafkaefd.toml", &file)
        .file("t.rhai", "print(registry::subjects());")
        .args(["run", "t.rhai"])
        .stdout("[\"s\"]\n")
        .stderr("")
        .success();
}

#[test]
fn user_and_password_are_sent() {
    greeted("Basic YWRhOnNlY3JldA==", "user = \"ada\"\npassword = \"secret\"\n");
}

#[test]
fn a_token_is_sent() {
    greeted("Bearer t0ken", "token = \"t0ken\"\n");
}
