use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers};

use super::Fake;
use crate::support::Kafkaefd;

/// A run with `lines` under `[profiles.test.connect_http]` against a server that wants `header`.
fn greeted(header: &str, lines: &str) {
    let fake = Fake::new();
    let answer = ResponseTemplate::new(200).set_body_json(json!({}));
    let wanted = matchers::header("authorization", header);
    fake.mount(Mock::given(wanted).respond_with(answer));
    let url = fake.server.uri();
    let file = format!(
        "profile = \"test\"\n\n[profiles.test]\nconnect = \"{url}\"\n\n\
         [profiles.test.connect_http]\n{lines}"
    );
    Kafkaefd::new()
        .file("kafkaefd.toml", &file)
        .file("t.rhai", "print(connect::loggers());")
        .args(["run", "t.rhai"])
        .stdout("[]\n")
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

#[test]
fn a_worker_that_denies() {
    let remedy = "give credentials that may do this under [profiles.NAME.connect_http] in \
                  kafkaefd.toml";
    assert_eq!(
        Fake::always(401, "User cannot access the resource.").catches("connect::connectors()"),
        format!(
            "denied 401 false\n\
             cannot list connectors of URL: Kafka Connect asks for credentials (status 401)\n\
             {remedy}\n"
        )
    );
}
