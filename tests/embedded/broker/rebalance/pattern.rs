//! A group that reads all topics whose names match an expression, also those that come later.

use super::group::{Group, fill, topic};
use super::sharing::classic;
use crate::support::{Stack, on_each_stack};

on_each_stack! {
    fn the_broker_matches(stack: &Stack) {
        grow(stack, &[("group.protocol", "consumer")]);
    }

    fn the_members_match(stack: &Stack) {
        grow(stack, &classic("range"));
    }
}

fn grow(stack: &Stack, options: &[(&str, &str)]) {
    let (east, west) = (stack.name("bills-east"), stack.name("bills-west"));
    topic(stack, &east, 2);
    topic(stack, &stack.name("other-bills"), 2);
    fill(stack, &east, 2, 2);
    let mut group = Group::new(stack, options);
    group.join(&stack.tagged("^bills-.*-######$"));
    group.settle(&[2]);
    group.read(4);
    topic(stack, &west, 3);
    group.settle(&[5]);
    fill(stack, &west, 3, 2);
    group.read.clear();
    group.read(6);
}
