//! Who gets a handle of the broker, and what it does not take.

use tempfile::TempDir;

use super::prints;
use crate::support::{Kafkaefd, Running, on_bed};

const ASK: &str = "try { embedded::broker(); } \
                   catch (err) { print([err.kind, err.message, err.remedy]); }";

#[test]
fn a_stack_of_another_process_is_left_alone() {
    let home = TempDir::new().unwrap();
    let mut up = Running::start(home.path(), &["up", "--port", "0", "--registry-port", "0"]);
    let line = up.lines(2).pop().unwrap();
    let broker = line.rsplit(' ').next().unwrap();
    Kafkaefd::new()
        .env("XDG_RUNTIME_DIR", &home.path().display().to_string())
        .file("a.rhai", ASK)
        .args(["run", "a.rhai"])
        .stdout(&format!(
            "[\"unsupported\", \"cannot make the broker at {broker} fail: it runs in another \
             process\", \"give --stack own, for a broker of this run's own\"]\n"
        ))
        .stderr("")
        .success();
}

on_bed! {
    fn a_real_broker_is_left_alone(bed: &Bed) {
        let stack = bed.stack();
        let broker = stack.broker();
        stack
            .script(ASK)
            .stdout(&format!(
                "[\"unsupported\", \"cannot make the broker at {broker} fail: it is a real one\", \
                 \"give --stack own in place of its address, for a broker of this run's own\"]\n"
            ))
            .stderr("")
            .success();
    }
}

#[test]
fn names_are_those_of_kafka() {
    let script = r#"
        let broker = embedded::broker();
        for ask in [
            || broker.fail("Produc", "NOT_LEADER_OR_FOLLOWER"),
            || broker.fail("Heart", "REBALANCE_IN_PROGRESS"),
            || broker.fail("Produce", "NOT_LEADER"),
            || broker.fail("Produce", "not_leader_or_follower"),
            || broker.fail("Produce", "6"),
            || broker.lose("Fetsch"),
            || broker.delay("produce", 1),
            || broker.requests("EndTransactions"),
            || broker.fail("Produce", "NOT_LEADER_OR_FOLLOWER", 0),
            || broker.lose("Produce", -1),
            || broker.delay("Produce", -1),
            || broker.delay("soon"),
        ] {
            try { ask.call(); } catch (err) { print(`${err.kind}: ${err.message}; ${err.remedy}`); }
        }
        try { broker.lose("Telescope"); } catch (err) { print(err.remedy.sub_string(0, 25)); }
        print(broker.requests);
    "#;
    prints(
        script,
        "usage: the embedded broker serves no API `Produc`; did you mean Produce?\n\
         usage: the embedded broker serves no API `Heart`; did you mean Heartbeat?\n\
         usage: Kafka has no error `NOT_LEADER`; did you mean NOT_LEADER_OR_FOLLOWER?\n\
         usage: Kafka has no error `not_leader_or_follower`; did you mean NOT_LEADER_OR_FOLLOWER?\n\
         usage: Kafka has no error `6`; give its name in Kafka's protocol guide, as \
         NOT_LEADER_OR_FOLLOWER\n\
         usage: the embedded broker serves no API `Fetsch`; did you mean Fetch?\n\
         usage: the embedded broker serves no API `produce`; did you mean Produce?\n\
         usage: the embedded broker serves no API `EndTransactions`; did you mean \
         ListTransactions?\n\
         usage: a fault that happens 0 times is none; give 1 or more\n\
         usage: a fault that happens -1 times is none; give 1 or more\n\
         usage: cannot delay answers by -1 s; give 0 or more\n\
         usage: cannot delay answers by soon s; give 0 or more\n\
         it serves Produce, Fetch,\n\
         #{}\n",
    );
}
