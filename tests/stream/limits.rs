use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kafkaefd::context::Context;
use kafkaefd::error::{Failure, Kind};
use kafkaefd::serve::health::Health;
use kafkaefd::stream::{Options, Pipeline, StageError, run_all, stages};
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};

use super::fixture::{
    beside, context, create, numbers, produce, run, text_pipeline, texts, to_end,
};

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

/// A member of the group that is not polled: whoever joins waits until it has given its partitions
/// away, and so does whatever it asks its broker behind that.
#[test]
fn an_end_that_is_reached_takes_no_member() {
    let context = context();
    create(&context, &["in", "out"], 1);
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", context.endpoints().unwrap().broker().unwrap());
    let deaf: BaseConsumer = config.set("group.id", "g").create().unwrap();
    deaf.subscribe(&["in"]).unwrap();
    while deaf.assignment().unwrap().count() == 0 {
        deaf.poll(Duration::from_millis(100));
    }
    assert_eq!(run(&context, text_pipeline(to_end())).unwrap(), [0, 0, 0, 0]);
    assert_eq!(deaf.fetch_group_list(Some("g"), None).unwrap().groups()[0].state(), "Stable");
}

#[test]
fn the_end_of_one_topic_is_not_that_of_another() {
    let context = context();
    let empty = ["e1", "e2", "e3", "e4"];
    create(&context, &["in", "out"], 1);
    create(&context, &empty, 1);
    // More than one fetch brings, so that the others are at their end long before.
    produce(&context, "in", (0..3000).map(|number| Some(format!("{number:01000}"))));
    let mut pipeline = text_pipeline(to_end());
    pipeline.topics.extend(empty.map(str::to_owned));
    assert_eq!(run(&context, pipeline).unwrap(), [3000, 3000, 0, 0]);
}

/// The first member has the only partition and fails; the second has none until then.
#[test]
fn a_member_without_partitions_waits_for_what_the_others_leave() {
    let context = context();
    create(&context, &["in", "out"], 1);
    produce(&context, "in", numbers(0..10));
    let (first, second) = (beside(&context), beside(&context));
    let reading = |context: &Context| Health::of(context).unwrap().reading();
    let broken = AtomicBool::new(false);
    let holds = stages::Map(|_| {
        let kind = if broken.load(Ordering::SeqCst) { Kind::Denied } else { Kind::Unreachable };
        Err(StageError::classify(Failure::new(kind, "the stage fails")))
    });
    let holding = Pipeline::new(vec!["in".to_owned()], to_end()).stage(holds);
    std::thread::scope(|scope| {
        let failing = scope.spawn(|| run(&first, holding));
        while !reading(&first) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let waiting = scope.spawn(|| run(&second, text_pipeline(to_end())));
        while !reading(&second) && !waiting.is_finished() {
            std::thread::sleep(Duration::from_millis(10));
        }
        broken.store(true, Ordering::SeqCst);
        assert_eq!(failing.join().unwrap().unwrap_err().message, "the stage fails");
        assert_eq!(waiting.join().unwrap().unwrap(), [10, 10, 0, 0]);
    });
}

#[test]
fn members_of_a_group_end_together_where_the_topics_end() {
    let context = context();
    create(&context, &["in", "out"], 3);
    produce(&context, "in", numbers(0..3000));
    let members = (0..4).map(|_| text_pipeline(to_end())).collect();
    let done = run_all(&context, members).unwrap();
    assert_eq!(done.iter().map(|summary| summary.consumed).sum::<u64>(), 3000);
    assert_eq!(texts(&beside(&context), "out").len(), 3000);
}
