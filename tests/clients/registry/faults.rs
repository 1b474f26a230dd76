use std::time::{Duration, Instant};

use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers};

use super::fake;
use crate::support::Kafkaefd;
use crate::support::{Fake, catching};

const CREDENTIALS: &str =
    "give credentials that may do this under [profiles.NAME.registry_http] in kafkaefd.toml";
const ADDRESS: &str =
    "give the registry's URL, as http://localhost:8081, with --registry or $SCHEMAREGISTRY";

fn problem(status: u16, code: i64, message: &str) -> Fake {
    fake().always(status, &json!({ "error_code": code, "message": message }).to_string())
}

#[test]
fn a_registry_that_is_down() {
    Kafkaefd::new()
        .file("t.rhai", &catching("registry::subjects()"))
        .args(["--registry", "http://127.0.0.1:1", "run", "t.rhai"])
        .stdout(
            "unreachable  true\n\
             cannot list subjects of http://127.0.0.1:1: connection refused\n\
             start the registry, or give another with --registry or $SCHEMAREGISTRY\n",
        )
        .stderr("")
        .success();
}

#[test]
fn an_address_that_is_none() {
    Kafkaefd::new()
        .file("t.rhai", &catching("registry::subjects()"))
        .args(["--registry", "localhost:8081", "run", "t.rhai"])
        .stdout(&format!(
            "usage  false\n\
             cannot use the registry `localhost:8081`: it does not start with http:// or https://\n\
             {ADDRESS}\n"
        ))
        .success();
}

#[test]
fn a_registry_that_does_not_answer() {
    let fake = fake();
    let late = ResponseTemplate::new(200).set_delay(Duration::from_secs(300));
    fake.mount(Mock::given(matchers::any()).respond_with(late));
    let start = Instant::now();
    assert_eq!(
        fake.catches("registry::subjects(#{ timeout: 0.3 })"),
        "timeout  true\ncannot list subjects of URL: no answer within 300ms\n\n"
    );
    assert!(start.elapsed() < Duration::from_secs(200));
}

#[test]
fn a_registry_that_fails() {
    // As long as there is time it is asked again.
    let quickly = "registry::subjects(#{ timeout: 2 })";
    assert_eq!(
        problem(500, 50001, "Error in the backend data store").catches(quickly),
        "failed 50001 true\n\
         cannot list subjects of URL: the registry fails: Error in the backend data store \
         (status 500)\n\n"
    );
    assert_eq!(
        fake().always(503, "<html>").catches(quickly),
        "unreachable  true\ncannot list subjects of URL: the registry fails (status 503)\n\n"
    );
    assert_eq!(
        fake().always(429, "").catches(quickly),
        "failed  true\n\
         cannot list subjects of URL: the registry is asked too often (status 429)\n\n"
    );
}

#[test]
fn a_registry_that_denies() {
    assert_eq!(
        fake().always(401, "").catches("registry::schema(7)"),
        format!(
            "denied  false\n\
             cannot read schema 7 of URL: the registry asks for credentials (status 401)\n\
             {CREDENTIALS}\n"
        )
    );
    assert_eq!(
        problem(403, 40301, "User is denied operation Write on Subject: s")
            .catches("registry::register(\"s\", `\"string\"`)"),
        format!(
            "denied 40301 false\n\
             cannot register schema string under subject `s` at URL: \
             User is denied operation Write on Subject: s\n{CREDENTIALS}\n"
        )
    );
}

#[test]
fn an_answer_of_something_else() {
    assert_eq!(
        fake().always(200, "<html>It works!</html>").catches("registry::subjects()"),
        format!(
            "failed  true\n\
             cannot list subjects of URL: the answer is not a registry's: \
             \"<html>It works!</html>\" (status 200)\n{ADDRESS}\n"
        )
    );
    assert_eq!(
        fake()
            .always(200, r#"{"subject": "s", "version": 1, "id": 7}"#)
            .catches("registry::latest(\"s\")"),
        format!(
            "failed  true\n\
             cannot read the latest version of subject `s` at URL: the answer is not a registry's: \
             \"{{\\\"subject\\\": \\\"s\\\", \\\"version\\\": 1, \\\"id\\\": 7}}\" (status 200)\n{ADDRESS}\n"
        )
    );
    assert_eq!(
        fake().always(404, "Not Found").catches("registry::latest(\"s\")"),
        format!(
            "failed  true\n\
             cannot read the latest version of subject `s` at URL: the answer is not a registry's: \
             \"Not Found\" (status 404)\n{ADDRESS}\n"
        )
    );
}

#[test]
fn what_is_missing_in_words() {
    assert_eq!(
        problem(404, 40401, "Subject 's' not found.").catches("registry::versions(\"s\")"),
        "not_found 40401 false\ncannot list versions of subject `s` at URL: no such subject\n\
         list the subjects with: kafkaefd registry list\n"
    );
    assert_eq!(
        problem(404, 40402, "Version 3 not found.").catches("registry::version(\"s\", 3)"),
        "not_found 40402 false\ncannot read version 3 of subject `s` at URL: no such version\n\n"
    );
    assert_eq!(
        problem(404, 40403, "Schema 9 not found").catches("registry::schema(9)"),
        "not_found 40403 false\ncannot read schema 9 of URL: no such schema\n\n"
    );
}

#[test]
fn a_schema_that_cannot_be_read() {
    assert_eq!(
        fake()
            .always(200, r#"{"schema": "{\"type\": \"strnig\"}"}"#)
            .catches("registry::schema(1)"),
        "invalid  false\n\
         cannot read schema 1 of URL: cannot parse the Avro schema: \
         Unknown primitive type: strnig\n\n"
    );
}
