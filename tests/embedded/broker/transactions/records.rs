//! Records in transactions, through librdkafka.

use rdkafka::producer::Producer;

use super::super::fixture::SOON;
use super::clients::{create, producer, reader, seen, sees, send, take_payloads};
use crate::support::on_each_stack;

on_each_stack! {
    fn a_commit_is_seen(stack: &Stack) {
        let topic = stack.name("orders");
        create(stack, &topic, 1);
        let till = producer(stack, &stack.name("till"), &[]);
        till.begin_transaction().unwrap();
        send(&till, &topic, &["a", "b"]);
        till.commit_transaction(SOON).unwrap();
        till.begin_transaction().unwrap();
        send(&till, &topic, &["c"]);
        till.commit_transaction(SOON).unwrap();
        sees(stack, &topic, &["a", "b", "c"]);
    }

    fn an_abort_is_seen_only_by_those_who_see_all(stack: &Stack) {
        let topic = stack.name("orders");
        create(stack, &topic, 1);
        let till = producer(stack, &stack.name("till"), &[]);
        till.begin_transaction().unwrap();
        send(&till, &topic, &["lost"]);
        till.abort_transaction(SOON).unwrap();
        till.begin_transaction().unwrap();
        send(&till, &topic, &["kept"]);
        till.commit_transaction(SOON).unwrap();
        sees(stack, &topic, &["kept"]);
        assert_eq!(seen(stack, &topic, false), ["lost", "kept"]);
    }

    /// What stands behind an open transaction waits for its end, also from producers without any.
    fn an_open_transaction_holds_back_what_follows(stack: &Stack) {
        let topic = stack.name("orders");
        create(stack, &topic, 1);
        let [slow, fast] = ["slow", "fast"].map(|id| producer(stack, &stack.name(id), &[]));
        slow.begin_transaction().unwrap();
        send(&slow, &topic, &["slow"]);
        fast.begin_transaction().unwrap();
        send(&fast, &topic, &["fast"]);
        fast.commit_transaction(SOON).unwrap();
        assert_eq!(seen(stack, &topic, true), [""; 0]);
        assert_eq!(seen(stack, &topic, false), ["slow", "fast"]);
        let waiting = reader(stack, &topic, true);
        slow.commit_transaction(SOON).unwrap();
        assert_eq!(take_payloads(&waiting, 2), ["slow", "fast"]);
    }

    fn two_producers_take_turns_in_one_partition(stack: &Stack) {
        let topic = stack.name("orders");
        create(stack, &topic, 1);
        let [one, two] = ["one", "two"].map(|id| producer(stack, &stack.name(id), &[]));
        for round in ["1", "2"] {
            one.begin_transaction().unwrap();
            two.begin_transaction().unwrap();
            for half in ["a", "b"] {
                send(&one, &topic, &[&format!("one {round}{half}")]);
                send(&two, &topic, &[&format!("two {round}{half}")]);
            }
            // Each is committed once and aborted once.
            let (kept, lost) = if round == "1" { (&one, &two) } else { (&two, &one) };
            kept.commit_transaction(SOON).unwrap();
            lost.abort_transaction(SOON).unwrap();
        }
        sees(stack, &topic, &["one 1a", "one 1b", "two 2a", "two 2b"]);
        assert_eq!(seen(stack, &topic, false).len(), 8);
    }
}
