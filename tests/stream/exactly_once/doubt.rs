//! The broker does what it is asked and the answer is lost: whether a transaction was committed is not
//! known then. Each row is what goes wrong, step by step, and how the run ends. Whatever happens,
//! a second run completes the copy, and readers of committed records see each record once.

use super::VALUES;
use crate::support::Kafkaefd;

/// The answers alone.
const LOST: &str = r#"
    [[["InitProducerId", 2]], "done"],
    [[["AddPartitionsToTxn", 2]], "done"],
    [[["Produce", 2]], "done"],
    [[["AddOffsetsToTxn", 2]], "done"],
    [[["TxnOffsetCommit", 2]], "done"],
    [[["EndTxn", 3]], "done"],
    [[["AddOffsetsToTxn", 1], ["AddOffsetsToTxn", 1, "UNKNOWN_SERVER_ERROR"]], "done"],
    [[["TxnOffsetCommit", 1], ["TxnOffsetCommit", 1, "ILLEGAL_GENERATION"]], "done"],
    [[["TxnOffsetCommit", 1], ["TxnOffsetCommit", 1, "UNKNOWN_SERVER_ERROR"]], "done"],
"#;

/// The answer to a commit, and then an error after which it is to be aborted.
const COMMITTED: &str = r#"
    [[["EndTxn", 1], ["EndTxn", 1, "UNKNOWN_SERVER_ERROR"]], "done"],
    [[["EndTxn", 2], ["EndTxn", 1, "UNKNOWN_SERVER_ERROR"]], "done"],
    [[["EndTxn", 1], ["EndTxn", 2, "UNKNOWN_SERVER_ERROR"]], "done"],
    [[["EndTxn", 1], ["EndTxn", 1, "INVALID_PRODUCER_ID_MAPPING"]], "done"],
    [[["EndTxn", 1], ["EndTxn", 1, "UNKNOWN_PRODUCER_ID"]], "done"],
    [[["EndTxn", 1], ["EndTxn", 1, "PRODUCER_FENCED"]], "fatal"],
    [[["EndTxn", 1], ["EndTxn", 1, "INVALID_TXN_STATE"]], "fatal"],
"#;

/// The same after longer than the broker keeps a transaction open that is not committed: the answers
/// wait for the seconds that end the row.
const OLD: &str = r#"
    [[["EndTxn", 1], ["EndTxn", 2, "COORDINATOR_LOAD_IN_PROGRESS"],
      ["EndTxn", 1, "INVALID_PRODUCER_EPOCH"]], "done", 1.2],
"#;

const RUN: &str = r#"
fn copy(input) {
    let options = #{
        group: `g-${input}`, to: "end", delivery: "exactly-once",
        transaction_records: 20, transaction_timeout: 2,
    };
    let pipeline = stream::from(input, options);
    pipeline.map(|record, state| {
        state.seen += 1;
        #{ value: `${record.value}`, key: `${state.seen}` }
    }, #{ seen: 0 }).to(`${input}-out`).run()
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
    if row.len() > 2 { broker.delay("EndTxn", row[2]); }
    for fault in row[0] {
        if fault.len() == 2 {
            broker.lose(fault[0], fault[1]);
        } else {
            broker.fail(fault[0], fault[2], fault[1]);
        }
    }
    let ended = "done";
    let done = #{};
    try { done = copy(input); } catch (error) { ended = error.kind; }
    broker.clear();
    if ended != row[1] || (ended == "done" && (done.consumed != 50 || done.produced != 50)) {
        print(`${row} ended: ${ended} ${done}`);
    }
    copy(input);
    let values = values(`${input}-out`);
    if values.len() != 50 { print(`${row}: ${values.len()} records`); }
    for value in 0..50 {
        if !values.contains(`${value}`) { print(`${row}: ${value} is missing`); }
    }
    if ended == "done" {
        let level = #{ "isolation.level": "read_committed" };
        let last = 0;
        for record in kafka::consumer(`${input}-out`, #{ to: "end", config: level }) {
            last += 1;
            if record.key != `${last}` { print(`${row}: the state is ${record.key}, not ${last}`); }
        }
    }
}
"#;

fn check(rows: &str) {
    let script = format!("const CASES = [{rows}];\n{VALUES}{RUN}");
    let run = Kafkaefd::new().file("t.rhai", &script).args(["run", "t.rhai", "--stack", "own"]);
    run.stdout("").success();
}

#[test]
fn lost_answers_are_asked_for_again() {
    check(LOST);
}

#[test]
fn what_was_committed_is_not_done_again() {
    check(COMMITTED);
}

#[test]
fn what_was_committed_long_ago_is_not_done_again() {
    check(OLD);
}
