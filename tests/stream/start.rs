use kafkaefd::error::Kind;
use kafkaefd::stream::{Options, Pipeline, stages};

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
