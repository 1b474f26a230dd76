//! Kafka's `TransactionalMessageCopier`: records and offsets in one transaction, exactly once, even
//! where it is killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::client::{Deed, New, Reading, Writing};
use super::record::{Record, contents};
use super::scene::{Scene, until};
use crate::support::{Bed, Stack, on_each_stack};

const RECORDS: usize = 4000;

/// Starts a copier of partition 0 of `raw` to `clean`.
fn start(stack: &Stack, bed: &Bed, more: &[&str]) -> Child {
    let mut command = Command::new(bed.get("JAVA_TOOL"));
    command.args(["org.apache.kafka.tools.TransactionalMessageCopier", "--input-partition", "0"]);
    command.args(["--broker-list", stack.broker(), "--transaction-size", "20"]);
    let names = [
        ("--input-topic", "raw"),
        ("--output-topic", "clean"),
        ("--consumer-group", "copiers"),
        ("--transactional-id", "copier"),
    ];
    for (option, base) in names {
        command.args([option, &stack.name(base)]);
    }
    command.args(more).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

/// Copies all records with two copiers, of which the first one is killed on its way.
fn copy(stack: &Stack, bed: &Bed, more: &[&str]) {
    let scene = Scene::new(stack, bed, "Java tools");
    let another = scene.other(&[Deed::Create]);
    let [raw, clean] = ["raw", "clean"].map(|base| stack.name(base));
    another.create(&raw, &New::of(1)).unwrap();
    another.create(&clean, &New::of(1)).unwrap();
    let records = Record::many(RECORDS);
    another.produce(&raw, &records, &Writing::default()).unwrap();

    let mut first = start(stack, bed, more);
    // A line for each transaction, beside others.
    let lines = BufReader::new(first.stdout.take().unwrap()).lines();
    let said = lines.map_while(Result::ok).filter(|line| line.contains("remaining")).nth(20);
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(said.is_some_and(|line| !line.contains("\"remaining\":0")), "it was killed too late");

    let second = start(stack, bed, more).wait_with_output().unwrap();
    let printed = String::from_utf8_lossy(&second.stdout);
    assert!(second.status.success() && printed.contains("\"remaining\":0"), "{printed}");
    let reading = Reading { count: RECORDS, committed: true, ..Reading::default() };
    // A broker says that a transaction is committed before its records can be seen.
    until(|| another.consume(&clean, &reading).unwrap().len(), |read| *read == RECORDS);
    for client in [another, scene.client()] {
        let read = client.consume(&clean, &reading).unwrap();
        assert_eq!(read.len(), RECORDS);
        assert!(contents(&read) == records, "{} reads other records", client.name());
    }
    let lag = another.lag(&stack.name("copiers")).unwrap();
    assert_eq!((lag[0].committed, lag[0].end), (RECORDS as i64, RECORDS as i64));
}

on_each_stack! {
    fn a_killed_copier_loses_and_doubles_nothing(stack: &Stack) {
        Bed::run(|bed| copy(stack, bed, &[]));
    }

    /// The same as a member of a group, whose generation the broker checks (KIP-447).
    fn a_killed_member_loses_and_doubles_nothing(stack: &Stack) {
        Bed::run(|bed| copy(stack, bed, &["--group-mode", "--use-group-metadata"]));
    }
}
