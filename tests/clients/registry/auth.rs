use serde_json::json;

use super::fake;

/// A run with `lines` under `[profiles.test.registry_http]` against a server that wants `header`.
fn greeted(header: &str, lines: &str) {
    let fake = fake().greets(header, &json!(["s"]));
    fake.with_profile("registry", lines, "print(registry::subjects());")
        .stdout("[\"s\"]\n")
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
