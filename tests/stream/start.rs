use kafkaefd::error::Kind;
use kafkaefd::stream::{Options, Pipeline, stages};

use crate::support::{Running, Stack};

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

/// The cause, and not that the coordinator took too long.
#[test]
fn a_coordinator_that_refuses_is_named() {
    let script = r#"
        kafka::create_topic("in");
        kafka::create_topic("out");
        embedded::broker().fail("FindCoordinator", "GROUP_AUTHORIZATION_FAILED", 1000);
        let pipeline = stream::from("in", #{ group: "g", to: "end" }).to("out");
        try { pipeline.run(); } catch (error) { print(`${error.kind}: ${error.message}`); }
    "#;
    let said = "denied: cannot read the offsets of group `g`: not authorised for the group\n";
    Stack::new().script(script).args(["--stack", "own"]).stdout(said).success();
}

/// The coordinator takes longer than anybody waits for another answer.
#[test]
fn a_stop_ends_the_wait_for_a_slow_coordinator() {
    let home = tempfile::TempDir::new().unwrap();
    let script = r#"
        kafka::create_topic("in");
        kafka::create_topic("out");
        let broker = embedded::broker();
        broker.delay("OffsetFetch", 1000);
        let pipeline = stream::from("in", #{ group: "g", to: "end" }).to("out");
        let running = pipeline.start();
        while broker.requests_of("OffsetFetch") == 0 { sleep(0.02); }
        print("it waits");
        pipeline.run();
    "#;
    std::fs::write(home.path().join("slow.rhai"), script).unwrap();
    let mut slow = Running::start(home.path(), &["run", "slow.rhai", "--stack", "own"]);
    assert_eq!(slow.lines(1), ["it waits"]);
    let ended = slow.stop("TERM");
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""));
}
