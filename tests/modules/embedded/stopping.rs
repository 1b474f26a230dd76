//! A broker that is gone for a while, with clients at work.

use super::{OWN, script};

/// What a run prints whose broker was away meanwhile; that it was is said on stderr.
fn prints(text: &str, stdout: &str) {
    let output = script(text).stdout(stdout).success();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let rest = stderr.strip_prefix(OWN).unwrap();
    assert!(rest.lines().all(|line| line.starts_with(" WARN ")), "{rest}");
}

#[test]
fn a_consumer_goes_on_where_it_was() {
    prints(
        r#"
        kafka::create_topic("orders");
        let broker = embedded::broker();
        let producer = kafka::producer();
        for i in 0..3 { producer.deliver("orders", `${i}`); }
        let consumer = kafka::consumer("orders", #{ group: "clerks", timeout: 120 });
        for i in 0..3 { print(consumer.read().value); }
        broker.stop();
        producer.send("orders", "3");
        time::sleep(0.3);
        broker.start();
        print(consumer.read().value);
        consumer.commit();
        producer.flush();
        print(kafka::offsets("orders")[0].records);
        "#,
        "0\n1\n2\n3\n4\n",
    );
}

#[test]
fn it_keeps_its_port_topics_records_groups_and_configs() {
    prints(
        r#"
        kafka::create_topic("orders", #{ partitions: 2, config: #{ "retention.ms": 86400000 } });
        for i in 0..4 { kafka::producer().deliver("orders", #{ value: `${i}`, partition: i % 2 }); }
        for record in kafka::consumer("orders", #{ group: "clerks", to: "end" }) {}
        let state = || [
            env::endpoints().broker,
            kafka::topics(#{ config: true }),
            kafka::offsets("orders"),
            kafka::group_lag("clerks"),
        ];
        let broker = embedded::broker();
        let before = state.call();
        for again in 0..2 {
            broker.stop();
            broker.stop();
            broker.start();
            broker.start();
        }
        print(state.call() == before);
        print(registry::subjects());
        "#,
        "true\n[]\n",
    );
}

/// Lost answers, refused commits, closed connections and a stop: at least once is what it says.
#[test]
fn a_pipeline_loses_nothing() {
    prints(
        r#"
        for topic in ["near", "far"] { kafka::create_topic(topic); }
        let broker = embedded::broker();
        let mover = stream::from("near", #{ group: "mover" }).to("far").start();
        let producer = kafka::producer();
        for fault in [
            || broker.lose("Produce"),
            || broker.fail("Fetch", "NOT_LEADER_OR_FOLLOWER"),
            || broker.fail("OffsetCommit", "COORDINATOR_LOAD_IN_PROGRESS"),
            || broker.disconnect(),
            || { broker.stop(); time::sleep(0.2); broker.start(); },
        ] {
            for i in 0..200 { producer.send("near", `${i}`); }
            fault.call();
            for i in 0..200 { producer.send("near", `${i}`); }
            producer.flush();
        }
        let seen = kafka::consumer("far", #{ timeout: 120, max: 2000 }).read_all();
        mover.stop();
        let values = #{};
        for record in seen { values[record.value] = (values[record.value] ?? 0) + 1; }
        print([seen.len(), values.len(), values.values().all(|count| count == 10)]);
        "#,
        "[2000, 200, true]\n",
    );
}
