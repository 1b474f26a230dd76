//! Status 409: the workers share out their work and ask to come back.

use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers};

use super::fake;

const BUSY: &str = "Cannot complete request because of a conflicting operation (e.g. worker \
                    rebalance)";

fn busy() -> ResponseTemplate {
    ResponseTemplate::new(409).set_body_json(json!({ "error_code": 409, "message": BUSY }))
}

#[test]
fn a_request_waits_until_the_workers_agree() {
    let fake = fake();
    let twice = Mock::given(matchers::any()).respond_with(busy()).up_to_n_times(2);
    fake.mount(twice);
    fake.mount(Mock::given(matchers::any()).respond_with(ResponseTemplate::new(204)));
    fake.run("connect::restart_connector(\"dome\");").stdout("").success();
    assert_eq!(fake.asked().len(), 3);
}

#[test]
fn workers_that_never_agree_are_told_within_the_time() {
    let fake = fake();
    fake.mount(Mock::given(matchers::any()).respond_with(busy()));
    assert_eq!(
        fake.catches("connect::set_timeout(3); connect::delete_connector(\"dome\")"),
        format!(
            "conflict 409 true\n\
             cannot delete connector `dome` at URL: Connect is rebalancing: {BUSY}\n\
             wait until the workers agree, then try again\n"
        )
    );
    assert!(fake.asked().len() > 2, "asked {} times only", fake.asked().len());
}

/// Kafka 4.1 answers so between two rebalances.
#[test]
fn a_rebalance_that_is_only_expected_counts_too() {
    let fake = fake();
    let message = "Request cannot be completed because a rebalance is expected";
    let soon = json!({ "error_code": 500, "message": message });
    let once = ResponseTemplate::new(500).set_body_json(soon);
    fake.mount(Mock::given(matchers::any()).respond_with(once).up_to_n_times(1));
    fake.mount(Mock::given(matchers::any()).respond_with(ResponseTemplate::new(204)));
    fake.run("connect::restart_connector(\"dome\");").stdout("").success();
    assert_eq!(fake.asked().len(), 2);
}
