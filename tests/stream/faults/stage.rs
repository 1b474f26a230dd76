use kafkaefd::error::{Failure, Kind};
use kafkaefd::stream::{Message, Options, Pipeline, StageError, stages};

use super::super::fixture::{context, create, numbers, produce, read, run, texts, to_end};

/// A pipeline whose stage fails with `failure` at the first `times` calls.
fn failing(failure: Failure, mut times: u32) -> Pipeline<'static> {
    let options = Options { dead_letters: Some("dead".to_owned()), ..to_end() };
    Pipeline::new(vec!["in".to_owned()], options)
        .stage(stages::Map(move |message: Message| {
            if times > 0 && message.value.as_deref() == Some(b"1") {
                times -= 1;
                return Err(StageError::classify(failure.clone()));
            }
            Ok(Some(message))
        }))
        .stage(stages::To("out".into()))
}

#[test]
fn what_may_pass_is_tried_again_and_never_a_dead_letter() {
    let context = context();
    create(&context, &["in", "out", "dead"], 1);
    produce(&context, "in", numbers(0..4));
    let down = Failure::new(Kind::Unreachable, "cannot reach the registry: connection refused");
    assert_eq!(run(&context, failing(down, 3)).unwrap(), [4, 4, 0, 0]);
    assert_eq!(texts(&context, "out"), ["0", "1", "2", "3"]);
    assert!(read(&context, "dead").is_empty());
}

#[test]
fn a_refusal_ends_the_run_at_once() {
    let context = context();
    create(&context, &["in", "out", "dead"], 1);
    produce(&context, "in", numbers(0..4));
    let denied = Failure::new(Kind::Denied, "cannot read the schema: 401");
    let failure = run(&context, failing(denied, 1)).unwrap_err();
    assert_eq!((failure.kind, &*failure.message), (Kind::Denied, "cannot read the schema: 401"));
    assert!(read(&context, "dead").is_empty());
    let fine = Failure::new(Kind::Denied, "not raised");
    assert_eq!(run(&context, failing(fine, 0)).unwrap(), [3, 3, 0, 0], "from where it stopped");
}
