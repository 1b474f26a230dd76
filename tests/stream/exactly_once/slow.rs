//! What is slower than a transaction may stay open.

use super::VALUES;
use crate::support::Kafkaefd;

/// A stage takes longer than a transaction may stay open: nobody waits for it with one that is.
const STAGE: &str = r#"
kafka::create_topic("in");
kafka::create_topic("out");
let producer = kafka::producer();
for value in 0..100 { producer.send("in", `${value}`); }
producer.flush();
let options = #{
    group: "g", to: "end", delivery: "exactly-once", transaction_timeout: 2, transaction_time: 0.2,
};
let done = stream::from("in", options)
    .map(|record| { if record.value == "50" { sleep(4); } record })
    .to("out")
    .run();
print(done.consumed);
print(values("out").len());
"#;

/// The coordinator answers later than a transaction may stay open, for a while: the broker gives it
/// up, and the pipeline does the work again with a new producer.
const BROKER: &str = r#"
let broker = embedded::broker();
kafka::create_topic("in");
kafka::create_topic("out");
let options = #{
    group: "g", delivery: "exactly-once", transaction_timeout: 2, transaction_time: 0.2,
};
let pipeline = stream::from("in", options).to("out").start();
let producer = kafka::producer();
producer.deliver("in", "0");
kafka::consumer("out", #{ from: "earliest" }).read();
broker.delay("TxnOffsetCommit", 3.0);
for value in 1..100 { producer.send("in", `${value}`); }
producer.flush();
sleep(4);
broker.clear();
let records = kafka::consumer("out", #{ from: "earliest", timeout: 240 });
let seen = [];
for number in 0..100 { seen.push(records.read().value); }
print(pipeline.stop().produced);
print(values("out").len());
"#;

/// The producer asks in vain who coordinates the group, once: librdkafka waits for news of brokers
/// then, whatever time it was given.
const COORDINATOR: &str = r#"
let broker = embedded::broker();
kafka::create_topic("in");
kafka::create_topic("out");
let options = #{
    group: "g", delivery: "exactly-once", transaction_timeout: 2, transaction_time: 0.2,
};
let pipeline = stream::from("in", options).to("out").start();
// The group has its coordinator, and only the producer will ask for it.
while broker.requests("Heartbeat") == 0 { sleep(0.05); }
let asked = broker.requests("FindCoordinator");
broker.fail("FindCoordinator", "UNKNOWN_SERVER_ERROR", 1);
let producer = kafka::producer();
for value in 0..100 { producer.send("in", `${value}`); }
producer.flush();
let level = #{ "isolation.level": "read_committed" };
let records = kafka::consumer("out", #{ from: "earliest", timeout: 60, config: level });
for number in 0..100 { records.read(); }
print(broker.requests("FindCoordinator") > asked);
print(pipeline.stop().produced);
print(values("out").len());
"#;

fn run(script: &str) -> Kafkaefd {
    let script = format!("{VALUES}{script}");
    Kafkaefd::new().file("t.rhai", &script).args(["run", "t.rhai", "--stack", "own"])
}

#[test]
fn a_slow_stage_keeps_no_transaction_open() {
    run(STAGE).stdout("100\n100\n").success();
}

#[test]
fn a_transaction_that_the_broker_gave_up_is_done_again() {
    run(BROKER).stdout("100\n100\n").success();
}

#[test]
fn a_coordinator_that_is_not_found_at_once_is_asked_for_by_a_new_producer() {
    run(COORDINATOR).stdout("true\n100\n100\n").success();
}
