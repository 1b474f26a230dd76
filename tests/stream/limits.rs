use kafkaefd::stream::Options;

use super::bed::{context, create, numbers, produce, run, text_pipeline, texts, to_end};

#[test]
fn max_ends_the_run_and_the_next_goes_on() {
    let context = context();
    create(&context, &["in", "out"], 1);
    produce(&context, "in", numbers(0..10));
    let four = Options { max: Some(4), until_end: false, ..to_end() };
    assert_eq!(run(&context, text_pipeline(four)).unwrap(), [4, 4, 0, 0]);
    assert_eq!(run(&context, text_pipeline(to_end())).unwrap(), [6, 6, 0, 0]);
    assert_eq!(texts(&context, "out").len(), 10);
}

#[test]
fn an_empty_topic_ends_at_once() {
    let context = context();
    create(&context, &["in", "out"], 2);
    assert_eq!(run(&context, text_pipeline(to_end())).unwrap(), [0, 0, 0, 0]);
}
