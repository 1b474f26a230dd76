use serde_json::json;

use super::fake;

/// A run with `lines` under `[profiles.test.connect_http]` against a server that wants `header`.
fn greeted(header: &str, lines: &str) {
    let fake = fake().greets(header, &json!({}));
    fake.with_profile("connect", lines, "print(connect::loggers());").stdout("[]\n").success();
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
        fake().always(401, "User cannot access the resource.").catches("connect::connectors()"),
        format!(
            "denied 401 false\n\
             cannot list connectors of URL: Kafka Connect asks for credentials (status 401)\n\
             {remedy}\n"
        )
    );
}
