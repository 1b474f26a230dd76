//! Requests of administration at brokers that are not there or never answer, and many at once.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use kafkaefd::clients::kafka::{Admin, NewTopic};
use kafkaefd::error::Kind;

use super::trouble::context;
use crate::support::on_each_stack;

fn topic(name: &str) -> NewTopic {
    NewTopic {
        name: name.to_owned(),
        partitions: 3,
        replication: Some(1),
        config: [("retention.ms".to_owned(), "60000".to_owned())].into(),
        dry_run: false,
    }
}

#[test]
fn a_closed_port_ends_the_wait_early_with_the_reason() {
    let context = context("127.0.0.1:1", &[]);
    let admin = Admin::of(&context).unwrap();
    let start = Instant::now();
    let failure = admin.create_topic(&context, &topic("t"), Duration::from_secs(300)).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(100), "{:?}", start.elapsed());
    assert_eq!(failure.message, "cannot create topic `t`: connection refused");
    assert_eq!((failure.kind, failure.retriable), (Kind::Unreachable, true));
    let counted = NewTopic { replication: None, ..topic("t") };
    let failure = admin.create_topic(&context, &counted, Duration::from_secs(300)).unwrap_err();
    assert_eq!(failure.message, "cannot create topic `t`: connection refused");
}

#[test]
fn a_broker_that_never_answers_is_a_timeout() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let context = context(&silent.local_addr().unwrap().to_string(), &[]);
    let admin = Admin::of(&context).unwrap();
    let failure = admin.delete_topic(&context, "t", Duration::from_millis(600)).unwrap_err();
    assert_eq!(failure.kind, Kind::Timeout, "{failure}");
    assert_eq!(failure.message, "cannot delete topic `t`: no answer within 600ms");
}

#[test]
fn stopping_the_run_ends_a_request_that_is_under_way() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let context = context(&silent.local_addr().unwrap().to_string(), &[]);
    let admin = Admin::of(&context).unwrap();
    let token = context.cancel();
    let stopped = std::thread::spawn(move || {
        let _connected = silent.accept().unwrap();
        token.cancel();
        Instant::now()
    });
    let failure = admin.delete_topic(&context, "t", Duration::from_secs(300)).unwrap_err();
    let late = stopped.join().unwrap().elapsed();
    assert_eq!(failure.kind, Kind::Cancelled, "{failure}");
    // Long before the 300 s that the call may take.
    assert!(late < Duration::from_secs(100), "{late:?}");
}

on_each_stack! {
    fn many_requests_are_under_way_at_once_and_keep_their_order(stack: &Stack) {
        let context = stack.context();
        let admin = Admin::of(&context).unwrap();
        let timeout = Duration::from_secs(120);
        let topics: Vec<_> = (0..5).map(|i| topic(&stack.name(&format!("t{i}")))).collect();
        for topic in &topics {
            admin.create_topic(&context, topic, timeout).unwrap();
        }
        // More names than one request takes; most of them are those of no topic.
        let names: Vec<String> = (0..900)
            .map(|i| stack.name(&format!("t{i}")))
            .collect();
        let overrides = admin.topic_overrides(&context, &names, timeout).unwrap();
        let found: Vec<_> = overrides.keys().collect();
        let made: Vec<_> = topics.iter().map(|topic| &topic.name).collect();
        assert_eq!(found, made);
        let one = [("retention.ms".to_owned(), Some("60000".to_owned()))];
        assert!(overrides.values().all(|config| *config == one.clone().into()), "{overrides:?}");
        let described = admin.topics_named(&context, &names[..5], timeout).unwrap();
        let bounds = admin.watermarks(&context, &described, timeout).unwrap();
        assert_eq!(bounds.len(), 15);
        assert!(bounds.iter().all(|bounds| (bounds.first, bounds.next) == (0, 0)), "{bounds:?}");
    }
}
