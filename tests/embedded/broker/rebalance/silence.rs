//! A member dies without a word: after its session timeout the others have what it had.

use std::time::Instant;

use kafka_protocol::messages::ConsumerGroupHeartbeatRequest;
use kafka_protocol::messages::consumer_group_heartbeat_request::TopicPartitions;

use super::super::codes::sample::group as group_id;
use super::super::raw::Raw;
use super::super::versions::{text, topic as topic_name};
use super::group::{Group, LATE, fill, topic};
use crate::support::on_each_stack;

on_each_stack! {
    /// It takes the 45 seconds that are the shortest session a broker grants by default.
    fn the_dead_are_forgotten(stack: &Stack) {
        let name = stack.name("orders");
        topic(stack, &name, 6);
        fill(stack, &name, 6, 2);
        let mut group = Group::new(stack, &[("group.protocol", "consumer")]);
        group.join(&name);
        group.settle(&[6]);
        let mut ghost = Ghost::new(stack, &name);
        let end = Instant::now() + LATE;
        while ghost.beat() < 3 {
            group.poll();
            assert!(Instant::now() < end, "the ghost has got nothing");
        }
        group.settle(&[3]);
        fill(stack, &name, 6, 2);
        group.settle(&[6]);
        group.read(24);
    }
}

/// A member that speaks to the broker by the byte, and can fall silent.
struct Ghost {
    raw: Raw,
    next: ConsumerGroupHeartbeatRequest,
    has: usize,
}

impl Ghost {
    fn new(stack: &crate::support::Stack, topic: &str) -> Ghost {
        let next = ConsumerGroupHeartbeatRequest::default()
            .with_group_id(group_id(&stack.name("clerks")))
            .with_member_id(text("ghost"))
            .with_instance_id(None)
            .with_rack_id(None)
            .with_rebalance_timeout_ms(60_000)
            .with_subscribed_topic_names(Some(vec![topic_name(topic)]))
            .with_subscribed_topic_regex(None)
            .with_server_assignor(None)
            .with_topic_partitions(Some(Vec::new()));
        Ghost { raw: Raw::to(stack.broker()), next, has: 0 }
    }

    /// Heartbeats once; how many partitions it has now.
    fn beat(&mut self) -> usize {
        let answer = self.raw.call(1, &self.next);
        assert_eq!(answer.error_code, 0);
        if let Some(assignment) = answer.assignment {
            let owned = assignment.topic_partitions.into_iter();
            let owned: Vec<_> = owned
                .map(|topic| {
                    let owned = TopicPartitions::default().with_topic_id(topic.topic_id);
                    owned.with_partitions(topic.partitions)
                })
                .collect();
            self.has = owned.iter().map(|topic| topic.partitions.len()).sum();
            self.next.topic_partitions = Some(owned);
        }
        self.next.member_epoch = answer.member_epoch;
        self.has
    }
}
