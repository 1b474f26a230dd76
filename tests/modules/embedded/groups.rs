//! What members of a group make of a coordinator that refuses them.

use super::prints;

#[test]
fn a_commit_is_tried_again_and_then_says_why() {
    prints(
        r#"
        kafka::create_topic("orders");
        kafka::producer().deliver("orders", "a");
        let broker = embedded::broker();
        let consumer = kafka::consumer("orders", #{ group: "clerks", timeout: 120 });
        consumer.read();
        broker.fail("OffsetCommit", "COORDINATOR_LOAD_IN_PROGRESS", 100);
        try { consumer.commit(); } catch (err) { print([err.message, err.code, err.retriable]); }
        print(broker.requests("OffsetCommit") > 1);
        broker.clear();
        broker.fail("OffsetCommit", "COORDINATOR_LOAD_IN_PROGRESS");
        consumer.commit();
        print(kafka::group_lag("clerks")[0].committed);
        kafka::producer().deliver("orders", "b");
        consumer.read();
        broker.fail("OffsetCommit", "GROUP_AUTHORIZATION_FAILED", 100);
        try { consumer.commit(); } catch (err) { print([err.kind, err.code, err.retriable]); }
        "#,
        "[\"cannot commit offsets of group `clerks`: coordinator load in progress\", 14, true]\n\
         true\n1\n\
         [\"denied\", 30, false]\n",
    );
}

#[test]
fn a_member_whose_heartbeat_fails_joins_again() {
    prints(
        r#"
        kafka::create_topic("orders");
        let broker = embedded::broker();
        let producer = kafka::producer();
        producer.deliver("orders", "0");
        let often = #{ "heartbeat.interval.ms": 100 };
        let given = #{ group: "clerks", timeout: 120, config: often };
        let consumer = kafka::consumer("orders", given);
        let seen = [consumer.read().value];
        broker.clear();
        broker.fail("Heartbeat", "REBALANCE_IN_PROGRESS");
        while broker.requests("SyncGroup") == 0 {
            producer.deliver("orders", `${seen.len()}`);
            seen.push(consumer.read().value);
        }
        print([broker.requests("JoinGroup"), broker.requests("SyncGroup")]);
        let expected = [];
        for i in 0..seen.len() { expected.push(`${i}`); }
        print(seen == expected);
        "#,
        "[1, 1]\ntrue\n",
    );
}

#[test]
fn a_coordinator_that_loads_is_asked_again() {
    prints(
        r#"
        kafka::create_topic("orders");
        kafka::producer().deliver("orders", "a");
        let broker = embedded::broker();
        for api in ["FindCoordinator", "JoinGroup", "SyncGroup", "OffsetFetch"] {
            broker.fail(api, "COORDINATOR_LOAD_IN_PROGRESS");
        }
        print(kafka::consumer("orders", #{ group: "clerks", timeout: 120 }).read().value);
        "#,
        "a\n",
    );
}

#[test]
fn members_beat_often_unless_told_otherwise() {
    prints(
        r#"
        kafka::create_topic("orders");
        let broker = embedded::broker();
        fn beats(group, config, enough) {
            embedded::broker().clear();
            let consumer = kafka::consumer("orders", #{ group: group, config: config });
            consumer.read();
            let watch = time::stopwatch();
            while embedded::broker().requests("Heartbeat") < enough { time::sleep(0.05); }
            watch.elapsed
        }
        kafka::producer().deliver("orders", "a");
        // librdkafka's own three seconds would make it thirty.
        print(beats("often", #{}, 10) < 27.0);
        print(beats("seldom", #{ "heartbeat.interval.ms": 5000 }, 2) > 4.0);
        "#,
        "true\ntrue\n",
    );
}
