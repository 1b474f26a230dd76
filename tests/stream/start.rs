use kafkaefd::error::Kind;
use kafkaefd::stream::{Options, Pipeline, stages};

use crate::support::{Kafkaefd, Stack};

use super::fixture::{context, create, produce, run, text_pipeline, to_end};

#[test]
fn a_topic_that_does_not_exist_is_named() {
    let context = context();
    let failure = run(&context, text_pipeline(to_end())).unwrap_err();
    assert_eq!(failure.kind, Kind::NotFound);
    assert_eq!(failure.message, "cannot start the pipeline `g`: topic `in` does not exist");
    assert_eq!(failure.remedy.as_deref(), Some("create it: kafkaefd admin topics create in"));
}

#[test]
fn dead_letters_need_a_topic_of_their_own() {
    let context = context();
    create(&context, &["in", "out"], 1);
    let options = Options { dead_letters: Some("in".to_owned()), ..to_end() };
    let failure = run(&context, text_pipeline(options)).unwrap_err();
    assert_eq!(
        failure.message,
        "cannot write to topic `in`: this pipeline reads it, so it would never end"
    );
}

#[test]
fn a_pipeline_does_not_feed_itself() {
    let context = context();
    create(&context, &["in"], 1);
    produce(&context, "in", [Some("x")]);
    let pipeline = Pipeline::new(vec!["in".to_owned()], to_end()).stage(stages::To("in".into()));
    let failure = run(&context, pipeline).unwrap_err();
    assert_eq!(
        failure.message,
        "cannot write to topic `in`: this pipeline reads it, so it would never end"
    );
}

#[test]
fn a_record_needs_a_target() {
    let context = context();
    create(&context, &["in"], 1);
    produce(&context, "in", [Some("x")]);
    let failure = run(&context, Pipeline::new(vec!["in".to_owned()], to_end())).unwrap_err();
    assert_eq!(
        failure.message,
        "cannot produce what was made of in[0]@0: no stage named an output topic"
    );
}

#[test]
fn a_group_is_required() {
    let failure = run(&context(), text_pipeline(Options::default())).unwrap_err();
    assert_eq!(
        failure.message,
        "cannot run the pipeline: it has no consumer group: give the option `group`"
    );
}

#[test]
fn a_delivery_that_does_not_exist_is_refused() {
    let failure = "at-most-once".parse::<kafkaefd::stream::Delivery>().unwrap_err();
    assert_eq!(
        failure.to_string(),
        "cannot deliver `at-most-once`: it is at-least-once or exactly-once"
    );
}

/// Why the broker cannot tell the partitions of a topic, and not that there are none.
#[test]
fn a_topic_whose_partitions_cannot_be_told_is_named() {
    let script = r#"
        for topic in ["in", "out"] { kafka::create_topic(topic); }
        embedded::broker().fail("Metadata", "TOPIC_AUTHORIZATION_FAILED", 1000);
        let pipeline = stream::from("in", #{ group: "g", to: "end" }).to("out");
        try { pipeline.run(); } catch (error) { print(`${error.kind}: ${error.message}`); }
    "#;
    let said = "denied: cannot find the partitions of topic `in`: not authorised for the topic\n";
    Stack::new().script(script).args(["--stack", "own"]).stdout(said).success();
}

/// The cause, and not that the coordinator took too long.
#[test]
fn a_coordinator_that_refuses_is_named() {
    let script = r#"
        for topic in ["in", "out"] { kafka::create_topic(topic); }
        embedded::broker().fail("FindCoordinator", "GROUP_AUTHORIZATION_FAILED", 1000);
        let pipeline = stream::from("in", #{ group: "g", to: "end" }).to("out");
        try { pipeline.run(); } catch (error) { print(`${error.kind}: ${error.message}`); }
    "#;
    let said = "denied: cannot read the offsets of group `g`: not authorised for the group\n";
    Stack::new().script(script).args(["--stack", "own"]).stdout(said).success();
}

/// It may read its log for longer than a broker takes for any other answer.
#[test]
fn a_slow_coordinator_is_waited_for() {
    let script = r#"
        for topic in ["in", "out"] { kafka::create_topic(topic); }
        kafka::producer().deliver("in", "a record");
        let broker = embedded::broker();
        broker.delay("OffsetFetch", 1000);
        let running = stream::from("in", #{ group: "g", to: "end" }).to("out").start();
        while broker.requests("OffsetFetch") == 0 { sleep(0.02); }
        sleep(11);
        broker.clear();
        for record in kafka::consumer("out") { print(record.value); break; }
        running.stop();
    "#;
    Stack::new().script(script).args(["--stack", "own"]).stdout("a record\n").success();
}

/// Stops a pipeline with `options` while it waits for the answers of `api`, for which it would wait
/// much longer.
fn stop_while(api: &str, options: &str) {
    let script = format!(
        r#"
        for topic in ["in", "out"] {{ kafka::create_topic(topic); }}
        let broker = embedded::broker();
        broker.delay("{api}", 1000);
        let running = stream::from("in", #{{ group: "g", {options} }}).to("out").start();
        while broker.requests("{api}") == 0 {{ sleep(0.02); }}
        let since = timestamp();
        print(running.stop().consumed);
        if since.elapsed > 60.0 {{ print(since.elapsed); }}
        "#
    );
    Stack::new().script(&script).args(["--stack", "own"]).stdout("0\n").success();
}

#[test]
fn a_pipeline_is_stopped_while_it_asks_what_its_group_committed() {
    stop_while("OffsetFetch", r#"to: "end""#);
}

#[test]
fn a_pipeline_is_stopped_while_it_asks_where_a_new_group_starts() {
    stop_while("OffsetFetch", r#"reset: "latest""#);
}

#[test]
fn a_pipeline_is_stopped_while_it_takes_over_its_transactional_id() {
    stop_while("InitProducerId", r#"delivery: "exactly-once""#);
}

#[test]
fn a_pipeline_is_stopped_while_no_broker_answers() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let broker = silent.local_addr().unwrap().to_string();
    let script = r#"print(stream::from("in", #{ group: "g" }).to("out").start().stop().consumed);"#;
    Kafkaefd::new()
        .file("s.rhai", script)
        .args(["run", "s.rhai", "--broker", &broker])
        .stdout("0\n")
        .success();
}
