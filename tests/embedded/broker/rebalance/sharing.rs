//! Members come and go while records arrive: each record is read once.

use super::group::{Group, fill, topic};
use crate::support::{Stack, on_each_stack};

on_each_stack! {
    fn by_the_uniform_assignor(stack: &Stack) {
        share(stack, &[("group.protocol", "consumer")]);
    }

    fn by_the_range_assignor(stack: &Stack) {
        share(stack, &[("group.protocol", "consumer"), ("group.remote.assignor", "range")]);
    }

    fn by_a_leader_eagerly(stack: &Stack) {
        share(stack, &classic("range"));
    }

    fn by_a_leader_cooperatively(stack: &Stack) {
        share(stack, &classic("cooperative-sticky"));
    }
}

/// Members of the classic protocol that learn of a rebalance soon.
pub fn classic(strategy: &str) -> [(&str, &str); 2] {
    [("partition.assignment.strategy", strategy), ("heartbeat.interval.ms", "100")]
}

fn share(stack: &Stack, options: &[(&str, &str)]) {
    let name = stack.name("orders");
    topic(stack, &name, 6);
    let mut group = Group::new(stack, options);
    fill(stack, &name, 6, 5);
    group.join(&name);
    // From here on something is committed for each partition: librdkafka, while it does not know
    // the leader, may ask twice for the first offset of one without, and then read twice.
    group.read(30);
    fill(stack, &name, 6, 5);
    group.join(&name);
    group.settle(&[3, 3]);
    fill(stack, &name, 6, 5);
    group.join(&name);
    group.settle(&[2, 2, 2]);
    fill(stack, &name, 6, 5);
    group.leave();
    group.settle(&[3, 3]);
    fill(stack, &name, 6, 5);
    group.leave();
    group.settle(&[6]);
    group.read(150);
}
