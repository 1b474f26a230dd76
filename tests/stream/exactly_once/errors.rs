//! What becomes of a pipeline of 50 records when the broker answers with an error. Each row is
//! `[api, error, times, how the run ends]`. Whatever happens, a second run without errors completes
//! the copy, and readers of committed records see each record once.

use super::VALUES;
use crate::support::Kafkaefd;

/// Asked again until it works, by librdkafka or by us: up to what is sent.
const BEFORE: &str = r#"
    ["InitProducerId", "COORDINATOR_LOAD_IN_PROGRESS", 2, "done"],
    ["InitProducerId", "COORDINATOR_NOT_AVAILABLE", 1, "done"],
    ["InitProducerId", "NOT_COORDINATOR", 1, "done"],
    ["InitProducerId", "CONCURRENT_TRANSACTIONS", 2, "done"],
    ["FindCoordinator", "COORDINATOR_NOT_AVAILABLE", 2, "done"],
    ["AddPartitionsToTxn", "COORDINATOR_NOT_AVAILABLE", 1, "done"],
    ["AddPartitionsToTxn", "NOT_COORDINATOR", 1, "done"],
    ["AddPartitionsToTxn", "CONCURRENT_TRANSACTIONS", 3, "done"],
    ["Produce", "NOT_LEADER_OR_FOLLOWER", 2, "done"],
    ["Produce", "NOT_ENOUGH_REPLICAS", 2, "done"],
    ["Produce", "REQUEST_TIMED_OUT", 1, "done"],
"#;

/// The same from the offsets on.
const AFTER: &str = r#"
    ["AddOffsetsToTxn", "COORDINATOR_LOAD_IN_PROGRESS", 1, "done"],
    ["AddOffsetsToTxn", "NOT_COORDINATOR", 1, "done"],
    ["AddOffsetsToTxn", "CONCURRENT_TRANSACTIONS", 2, "done"],
    ["TxnOffsetCommit", "COORDINATOR_LOAD_IN_PROGRESS", 2, "done"],
    ["TxnOffsetCommit", "NOT_COORDINATOR", 1, "done"],
    ["TxnOffsetCommit", "REQUEST_TIMED_OUT", 1, "done"],
    ["EndTxn", "COORDINATOR_LOAD_IN_PROGRESS", 1, "done"],
    ["EndTxn", "COORDINATOR_NOT_AVAILABLE", 1, "done"],
    ["EndTxn", "NOT_COORDINATOR", 1, "done"],
    ["EndTxn", "CONCURRENT_TRANSACTIONS", 2, "done"],
"#;

/// Aborted and done again.
const ABORTED: &str = r#"
    ["Produce", "UNKNOWN_SERVER_ERROR", 1, "done"],
    ["AddOffsetsToTxn", "UNKNOWN_SERVER_ERROR", 1, "done"],
    ["TxnOffsetCommit", "ILLEGAL_GENERATION", 1, "done"],
    ["TxnOffsetCommit", "UNKNOWN_MEMBER_ID", 1, "done"],
    ["TxnOffsetCommit", "FENCED_INSTANCE_ID", 1, "done"],
    ["TxnOffsetCommit", "UNKNOWN_SERVER_ERROR", 2, "done"],
    ["EndTxn", "UNKNOWN_SERVER_ERROR", 1, "done"],
"#;

/// The set-up is at fault.
const DENIED: &str = r#"
    ["InitProducerId", "TRANSACTIONAL_ID_AUTHORIZATION_FAILED", 1, "denied"],
    ["AddPartitionsToTxn", "TOPIC_AUTHORIZATION_FAILED", 1, "denied"],
    ["Produce", "TOPIC_AUTHORIZATION_FAILED", 1, "denied"],
    ["AddOffsetsToTxn", "GROUP_AUTHORIZATION_FAILED", 1, "denied"],
    ["TxnOffsetCommit", "GROUP_AUTHORIZATION_FAILED", 1, "denied"],
"#;

/// To be aborted, but then the broker knows of no transaction: a new producer does it again.
const UNKNOWN: &str = r#"
    ["AddPartitionsToTxn", "UNKNOWN_SERVER_ERROR", 1, "done"],
    ["AddPartitionsToTxn", "UNKNOWN_PRODUCER_ID", 1, "done"],
    ["AddPartitionsToTxn", "INVALID_PRODUCER_ID_MAPPING", 1, "done"],
"#;

/// The broker knows of other numbers: librdkafka gives up, and the next run goes on.
const LOST: &str = r#"
    ["Produce", "OUT_OF_ORDER_SEQUENCE_NUMBER", 1, "fatal"],
"#;

/// Another owner, or no way on.
const FATAL: &str = r#"
    ["InitProducerId", "PRODUCER_FENCED", 1, "fatal"],
    ["AddPartitionsToTxn", "PRODUCER_FENCED", 1, "fatal"],
    ["Produce", "INVALID_PRODUCER_EPOCH", 1, "fatal"],
    ["AddOffsetsToTxn", "INVALID_PRODUCER_EPOCH", 1, "fatal"],
    ["TxnOffsetCommit", "INVALID_PRODUCER_EPOCH", 1, "fatal"],
    ["EndTxn", "PRODUCER_FENCED", 1, "fatal"],
    ["EndTxn", "INVALID_TXN_STATE", 1, "fatal"],
"#;

const RUN: &str = r#"
fn copy(input) {
    let options = #{ group: `g-${input}`, to: "end", delivery: "exactly-once" };
    stream::from(input, options).to(`${input}-out`).run()
}

let broker = embedded::broker();
let number = 0;
for row in CASES {
    let input = `in-${number}`;
    number += 1;
    kafka::create_topic(input);
    kafka::create_topic(`${input}-out`);
    let producer = kafka::producer();
    for value in 0..50 { producer.send(input, `${value}`); }
    producer.flush();
    broker.fail(row[0], row[1], row[2]);
    let ended = "done";
    let consumed = 0;
    try { consumed = copy(input).consumed; } catch (error) { ended = error.kind; }
    broker.clear();
    if ended != row[3] || (ended == "done" && consumed != 50) {
        print(`${row} ended: ${ended} ${consumed}`);
    }
    copy(input);
    let values = values(`${input}-out`);
    if values.len() != 50 { print(`${row}: ${values.len()} records`); }
    for value in 0..50 {
        if !values.contains(`${value}`) { print(`${row}: ${value} is missing`); }
    }
}
"#;

fn check(rows: &str) {
    let script = format!("const CASES = [{rows}];\n{VALUES}{RUN}");
    let run = Kafkaefd::new().file("t.rhai", &script).args(["run", "t.rhai", "--stack", "own"]);
    run.stdout("").success();
}

#[test]
fn calls_before_the_offsets_are_made_again() {
    check(BEFORE);
}

#[test]
fn calls_from_the_offsets_on_are_made_again() {
    check(AFTER);
}

#[test]
fn what_breaks_a_transaction_is_done_again() {
    check(ABORTED);
}

#[test]
fn a_refusal_ends_the_run() {
    check(DENIED);
}

#[test]
fn what_the_broker_never_heard_of_is_done_again() {
    check(UNKNOWN);
}

#[test]
fn what_cannot_be_aborted_ends_the_run() {
    check(LOST);
}

#[test]
fn another_owner_ends_the_run() {
    check(FATAL);
}

/// What was taken back comes again, and must not count twice.
#[test]
fn states_go_back_with_their_transaction() {
    let script = r#"
        let broker = embedded::broker();
        kafka::create_topic("in", #{ partitions: 3 });
        kafka::create_topic("out", #{ partitions: 3 });
        let producer = kafka::producer();
        for number in 0..900 { producer.send("in", #{ key: `${number % 30}`, value: `${number}` }); }
        producer.flush();
        broker.fail("TxnOffsetCommit", "ILLEGAL_GENERATION", 3);
        broker.fail("Produce", "UNKNOWN_SERVER_ERROR", 1);
        let options = #{
            group: "g", to: "end", delivery: "exactly-once", transaction_records: 40, workers: 2,
        };
        let done = stream::from("in", options)
            .map(|record, state| { state.seen += 1; #{ value: `${state.seen}` } }, #{ seen: 0 })
            .to("out")
            .run();
        print([done.consumed, done.produced]);
        let config = #{ "isolation.level": "read_committed" };
        let last = #{};
        for record in kafka::consumer("out", #{ to: "end", config: config }) {
            let partition = `${record.partition}`;
            let expected = (last[partition] ?? 0) + 1;
            if record.value != `${expected}` { print(`${record}: ${record.value}`); }
            last[partition] = expected;
        }
    "#;
    let run = Kafkaefd::new().file("t.rhai", script).args(["run", "t.rhai", "--stack", "own"]);
    run.stdout("[900, 900]\n").success();
}
