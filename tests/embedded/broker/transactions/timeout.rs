//! A transaction that nobody ends is aborted when its time is up.

use std::time::{Duration, Instant};

use rdkafka::producer::Producer;

use super::super::fixture::SOON;
use super::clients::{create, producer, reader, refused, send, take_payloads};
use super::wire::{FENCED, NOBODY, OLD_EPOCH, Owner, Wire, patiently, until};
use crate::support::{Stack, on_each_stack};

#[test]
fn its_records_are_aborted_in_time() {
    let stack = Stack::new();
    let topic = stack.name("orders");
    create(&stack, &topic, 1);
    let waiting = reader(&stack, &topic, true);
    let fast = producer(&stack, &stack.name("fast"), &[]);
    let options = [("transaction.timeout.ms", "1000"), ("message.timeout.ms", "1000")];
    let slow = producer(&stack, &stack.name("slow"), &options);
    let begun = Instant::now();
    slow.begin_transaction().unwrap();
    send(&slow, &topic, &["slow"]);
    fast.begin_transaction().unwrap();
    send(&fast, &topic, &["fast"]);
    fast.commit_transaction(SOON).unwrap();
    assert_eq!(take_payloads(&waiting, 1), ["fast"]);
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    assert!(refused(slow.commit_transaction(SOON)).is_fatal());
}

on_each_stack! {
    /// A real broker looks for such transactions every ten seconds.
    fn its_owner_is_fenced_and_may_come_again(stack: &Stack) {
        let mut wire = Wire::new(stack);
        let owner = patiently(|| wire.init(4, NOBODY, 300)).unwrap();
        wire.begin(owner);
        assert_eq!(wire.send(owner, 0), (0, 0));
        until(|| wire.fetch(0, true).last_stable_offset == 2);
        assert_eq!(wire.send(owner, 1), (OLD_EPOCH, -1));
        assert_eq!(wire.add(3, owner, &[0]), [FENCED]);
        assert_eq!(wire.end(3, owner, true), FENCED);
        // It learns its new epoch by asking with the old one, while nobody else came.
        let again = Owner(owner.0, 1);
        assert_eq!(patiently(|| wire.init(4, owner, 300)), Ok(again));
        wire.begin(again);
        assert_eq!(wire.send(again, 0), (0, 2));
        let heir = wire.claim();
        assert_eq!(heir, Owner(owner.0, 3));
        assert_eq!(patiently(|| wire.init(4, again, 300)), Err(FENCED));
    }
}

/// Each transaction has its own time, counted from its beginning.
#[test]
fn an_ended_transaction_leaves_no_deadline_behind() {
    let stack = Stack::new();
    let mut wire = Wire::new(&stack);
    let owner = patiently(|| wire.init(4, NOBODY, 400)).unwrap();
    let end = Instant::now() + Duration::from_secs(1);
    let mut sequence = 0;
    while Instant::now() < end {
        wire.begin(owner);
        assert_eq!(wire.send(owner, sequence).0, 0);
        assert_eq!(wire.end(3, owner, true), 0);
        sequence += 1;
    }
    assert_eq!(wire.fetch(0, true).aborted_transactions.unwrap(), []);
}
