//! How long it takes until a second member has its share. Times are printed, not judged: the bound
//! is for a busy machine.

use std::time::Instant;

use super::group::{Group, topic};
use super::sharing::classic;
use crate::support::{Stack, on_each_stack};

on_each_stack! {
    fn range(stack: &Stack) {
        time(stack, "range", &classic("range"));
    }

    fn cooperative_sticky(stack: &Stack) {
        time(stack, "cooperative-sticky", &classic("cooperative-sticky"));
    }

    fn assigned_by_the_broker(stack: &Stack) {
        time(stack, "uniform, by the broker", &[("group.protocol", "consumer")]);
    }
}

fn time(stack: &Stack, what: &str, options: &[(&str, &str)]) {
    let name = stack.name("orders");
    topic(stack, &name, 6);
    let mut group = Group::new(stack, options);
    let begin = Instant::now();
    group.join(&name);
    group.settle(&[6]);
    let first = begin.elapsed();
    let begin = Instant::now();
    group.join(&name);
    group.settle(&[3, 3]);
    let second = begin.elapsed();
    let begin = Instant::now();
    group.leave();
    group.settle(&[6]);
    let last = begin.elapsed();
    let server = if stack.is_real() { "Kafka" } else { "embedded" };
    println!("{server}, {what}: first {first:?}, second {second:?}, one leaves {last:?}");
}
