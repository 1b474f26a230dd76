use std::time::Duration;

use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers};

use super::fake;
use crate::support::Fake;

const ADDRESS: &str = "give the URL of Kafka Connect, as http://localhost:8083, with \
                       --kafka-connect or $KAFKA_CONNECT";

fn problem(status: u16, message: &str) -> Fake {
    fake().always(status, &json!({ "error_code": status, "message": message }).to_string())
}

#[test]
fn a_worker_that_does_not_answer() {
    let fake = fake();
    let late = ResponseTemplate::new(200).set_delay(Duration::from_secs(60));
    fake.mount(Mock::given(matchers::any()).respond_with(late));
    assert_eq!(
        fake.catches("connect::set_timeout(0.3); connect::connectors()"),
        "timeout  true\ncannot list connectors of URL: no answer within 300ms\n\n"
    );
}

#[test]
fn a_worker_that_fails_is_told_at_once() {
    let fake = problem(500, "Request timed out");
    assert_eq!(
        fake.catches("connect::connectors()"),
        "failed 500 true\n\
         cannot list connectors of URL: Kafka Connect fails: Request timed out (status 500)\n\n"
    );
    assert_eq!(fake.asked().len(), 1);
}

#[test]
fn what_is_no_connect() {
    assert_eq!(
        fake().always(200, "<html>It works!</html>").catches("connect::delete_connector(\"x\")"),
        format!(
            "failed  true\n\
             cannot delete connector `x` at URL: the answer is not Kafka Connect's: \
             \"<html>It works!</html>\" (status 200)\n{ADDRESS}\n"
        )
    );
    assert_eq!(
        fake().always(404, "Not Found").catches("connect::status(\"x\")"),
        format!(
            "failed  true\n\
             cannot read the status of connector `x` at URL: the answer is not Kafka Connect's: \
             \"Not Found\" (status 404)\n{ADDRESS}\n"
        )
    );
    // A Schema Registry says so of paths that are none of its own, and so does an old Connect.
    assert_eq!(
        problem(404, "HTTP 404 Not Found").catches("connect::offsets(\"x\")"),
        "unsupported  false\n\
         cannot read the offsets of connector `x` at URL: the server does not know this request \
         (status 404)\n\
         check that the address is Kafka Connect's, and that it is new enough for this\n"
    );
}

#[test]
fn an_address_that_is_none() {
    let script = "try { connect::url() } catch (err) { print(err.message); print(err.remedy) }";
    crate::support::Kafkaefd::new()
        .file("t.rhai", script)
        .args(["--kafka-connect", "localhost:8083", "run", "t.rhai"])
        .stdout(&format!(
            "cannot use Kafka Connect at `localhost:8083`: it does not start with http:// or \
             https://\n{ADDRESS}\n"
        ))
        .success();
}

#[test]
fn a_missing_connector_is_told_from_one_that_is_only_starting() {
    let fake = fake();
    let missing = json!({ "error_code": 404, "message": "No status found for connector dome" });
    fake.answers("GET /connectors/dome/status", 404, &missing);
    fake.answers("GET /connectors", 200, &json!(["dome"]));
    fake.run("let s = connect::status(\"dome\"); print(`${s.state} ${s.tasks}`);")
        .stdout("UNASSIGNED []\n")
        .success();
    let unknown = json!({ "error_code": 404, "message": "Unknown connector dom" });
    fake.answers("PUT /connectors/dom/pause", 404, &unknown);
    assert_eq!(
        fake.catches("connect::pause_connector(\"dom\")"),
        "not_found 404 false\n\
         cannot pause connector `dom` at URL: no such connector\ndid you mean `dome`?\n"
    );
}

#[test]
fn a_connector_that_has_not_started_is_listed() {
    let fake = fake();
    let expanded = Mock::given(matchers::query_param("expand", "info"));
    fake.mount(expanded.respond_with(ResponseTemplate::new(200).set_body_json(json!({}))));
    fake.answers("GET /connectors", 200, &json!(["dome"]));
    let info = json!({ "name": "dome", "config": { "connector.class": "C" }, "tasks": [] });
    fake.answers("GET /connectors/dome", 200, &info);
    fake.run(
        "for row in connect::connectors() { print(`${row.connector} ${row.state} ${row.class}`) }",
    )
    .stdout("dome UNASSIGNED C\n")
    .success();
}

#[test]
fn a_plugin_that_no_worker_has() {
    let fake = fake();
    let what = "Failed to find any class that implements Connector and which name matches X, …";
    let body = json!({ "error_code": 500, "message": what });
    fake.answers("PUT /connector-plugins/FileStreamSuorce/config/validate", 500, &body);
    let plugins = json!([{ "class": "org.apache.kafka.connect.file.FileStreamSourceConnector",
        "type": "source", "version": "4.1.1" }]);
    fake.answers("GET /connector-plugins", 200, &plugins);
    assert_eq!(
        fake.catches("connect::validate_config(#{ \"connector.class\": \"FileStreamSuorce\" })"),
        "not_found 404 false\n\
         cannot validate a configuration at URL: no such plugin as `FileStreamSuorce`\n\
         did you mean `org.apache.kafka.connect.file.FileStreamSourceConnector`?\n"
    );
}

#[test]
fn the_reasons_of_a_refused_configuration() {
    let fake = fake();
    fake.answers("GET /connectors/dome/config", 200, &json!({ "name": "dome" }));
    let option = |name: &str, errors: serde_json::Value| json!({ "definition": {}, "value": { "name": name, "errors": errors } });
    let verdict = json!({ "name": "C", "error_count": 2, "groups": [], "configs": [
        option("file", json!([])),
        option("topic", json!(["Missing required configuration \"topic\""])),
        option("batch.size", json!(["Must be at least 1"])),
    ] });
    fake.answers("PUT /connector-plugins/C/config/validate", 200, &verdict);
    assert_eq!(
        fake.catches("connect::set_connector(\"dome\", #{ \"connector.class\": \"C\" })"),
        "invalid  false\n\
         cannot update connector `dome` at URL: Missing required configuration \"topic\"; \
         `batch.size`: Must be at least 1\n\n"
    );
}

#[test]
fn a_state_that_is_not_reached() {
    let fake = fake();
    let accepted = ResponseTemplate::new(202);
    let pause = Mock::given(matchers::method("PUT")).and(matchers::path("/connectors/dome/pause"));
    fake.mount(pause.respond_with(accepted));
    let status = json!({ "name": "dome", "type": "source",
        "connector": { "state": "PAUSED", "worker_id": "w" },
        "tasks": [{ "id": 0, "state": "RUNNING", "worker_id": "w" }] });
    fake.answers("GET /connectors/dome/status", 200, &status);
    assert_eq!(
        fake.catches("connect::set_timeout(3); connect::pause_connector(\"dome\")"),
        "timeout  true\n\
         cannot pause connector `dome` at URL: the connector is PAUSED, task 0 is RUNNING after \
         3 s\n\
         give more time, or look at what it does: kafkaefd admin connectors status\n"
    );
}
