use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use kafkaefd::clients::kafka::{Message as Sent, Producer, ProducerOptions};
use kafkaefd::context::Context;
use kafkaefd::error::{Failure, Kind};
use kafkaefd::serve::health::Health;
use kafkaefd::stream::{Message, Options, Pipeline, Reset, StageError, run_all, stages};

use super::fixture::{beside, context, create, run, texts, to_end};

fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(120);
    while !condition() {
        assert!(Instant::now() < end, "{what}: not in time");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn send(context: &Context, value: &str, partition: i32) {
    let producer = Producer::new(context, &ProducerOptions::default()).unwrap();
    let value = Some(value.as_bytes().to_vec().into());
    let message = Sent { value, partition: Some(partition), ..Sent::default() };
    producer.deliver(context, "in", &message).unwrap();
}

#[test]
fn a_partition_that_left_during_a_pause_is_read_when_it_comes_back() {
    let context = context();
    create(&context, &["in", "out"], 2);
    let (tried, down) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(true)));
    let member = |tries: Arc<AtomicUsize>| {
        let down = down.clone();
        Pipeline::new(vec!["in".to_owned()], Options { until_end: false, ..to_end() })
            .stage(stages::Map(move |message: Message| {
                if message.value.as_deref() == Some(b"hold") && down.load(SeqCst) {
                    tries.fetch_add(1, SeqCst);
                    let why = Failure::new(Kind::Unreachable, "the registry is down");
                    return Err(StageError::Transient(why));
                }
                Ok(Some(message))
            }))
            .stage(stages::To("out".into()))
    };
    let (first, second) = (beside(&context), beside(&context));
    std::thread::scope(|scope| {
        // A failure must not wait for pipelines that nobody stops.
        let _stop = (first.cancel().drop_guard(), second.cancel().drop_guard());
        send(&context, "hold", 0);
        let stays = scope.spawn(|| run(&first, member(tried.clone())).unwrap());
        until("the first member pauses", || tried.load(SeqCst) > 0);
        let goes = scope.spawn(|| run(&second, member(Arc::default())).unwrap());
        let health = Health::of(&second).unwrap();
        until("the second member has a partition", || health.reading());
        down.store(false, SeqCst);
        until("the record is processed", || texts(&context, "out") == ["hold"]);
        second.cancel().cancel();
        goes.join().unwrap();
        send(&context, "a", 0);
        send(&context, "b", 1);
        until("both partitions are read", || {
            let out: BTreeSet<_> = texts(&context, "out").into_iter().collect();
            out.len() == 3
        });
        first.cancel().cancel();
        stays.join().unwrap();
    });
}

#[test]
fn a_partition_that_moves_between_tasks_is_not_rewound_again() {
    let context = context();
    create(&context, &["in", "out"], 2);
    (0..2).for_each(|partition| send(&context, "old", partition));
    let new = Arc::new(AtomicUsize::new(0));
    // The one with a maximum leaves, and the other takes over its partition.
    let task = |max: Option<u64>| {
        let (new, cancel) = (new.clone(), context.cancel());
        let rewind = Options { reset: Reset::Rewind, until_end: false, max, ..to_end() };
        Pipeline::new(vec!["in".to_owned()], rewind)
            .stage(stages::Filter(move |message: &Message| {
                if message.value.as_deref() == Some(b"new") && new.fetch_add(1, SeqCst) == 1 {
                    cancel.cancel();
                }
                true
            }))
            .stage(stages::To("out".into()))
    };
    let outside = beside(&context);
    std::thread::scope(|scope| {
        let _stop = context.cancel().drop_guard();
        let both = scope.spawn(|| run_all(&context, vec![task(Some(1)), task(None)]).unwrap());
        until("both partitions are read", || texts(&outside, "out").len() >= 2);
        (0..2).for_each(|partition| send(&outside, "new", partition));
        both.join().unwrap();
    });
    let mut out = texts(&outside, "out");
    out.sort();
    assert_eq!(out, ["new", "new", "old", "old"]);
}
