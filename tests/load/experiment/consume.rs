//! What an experiment reads, and what it makes of it.

use crate::support::on_each_stack;

/// What a test prints of an outcome.
const TELL: &str = r"
    fn tell(o) { print([o.sent, o.received, o.lost, o.duplicates, o.reordered, o.unread]); }
";

on_each_stack! {
    /// Nothing is sent before the readers stand, and the end waits for what is under way.
    fn everything_that_is_sent_is_read(stack: &Stack) {
        let script = r#"
            kafka::create_topic("dome-######", #{ partitions: 3 });
            kafka::create_topic("mount-######");
            let experiment = load::experiment(#{ seconds: 0.5 })
                .produce("dome-######", "a value", 200, #{ key: "k" })
                .produce("mount-######", "a value", 40);
            tell(experiment.consume(["dome-######", "mount-######"]).run());
            // What was there before is none of its business.
            let outcome = experiment
                .consume("dome-######", #{ group: "dome-######" })
                .consume("mount-######", #{ group: "mount-######", client: "mount-0" })
                .run();
            tell(outcome);
            print(outcome.latencies.keys());
            print(outcome.latency.count == outcome.received && outcome.latency.min >= 0.0);
            print(outcome.series.map(|at| at.received).reduce(|sum, n| (sum ?? 0) + n));
            print(outcome.notes);
        "#;
        let expected = "[120, 120, 0, 0, 0, 0]\n[120, 120, 0, 0, 0, 0]\n\
            [\"acknowledged\", \"end_to_end\", \"schedule_error\"]\ntrue\n120\n[]\n";
        stack.script(&[TELL, script].concat()).stdout(expected).stderr("").success();
    }

    /// Numbers that are missing, come twice or out of turn are counted, from the first one read on.
    fn what_went_wrong_on_the_way_is_counted(stack: &Stack) {
        let script = r#"
            kafka::create_topic("bad-######");
            let producer = kafka::producer();
            for number in [5, 6, 9, 9, 8, 12] {
                producer.send("bad-######", #{ value: "x", headers: #{
                    "kafkaefd-producer": "them", "kafkaefd-sequence": `${number}`,
                    "kafkaefd-sent": `${time::now() * 1000 + 3_600_000_000}`,
                } });
            }
            producer.send("bad-######", "without headers");
            producer.flush();
            let outcome = load::experiment(#{ max: 7 })
                .consume("bad-######", #{ from: "earliest" })
                .run();
            tell(outcome);
            print(outcome.notes.len());
            print(outcome.notes[0]);
            print(outcome.notes[1]);
            print(outcome.notes[2].ends_with("too early: clocks differ that much"));
        "#;
        let expected = "[0, 7, 3, 1, 1, 0]\n3\n\
            6 records with another process's stamp: end_to_end includes its skew\n\
            1 record with Kafka's timestamp only: whole ms, and the producer's skew\ntrue\n";
        stack.script(&[TELL, script].concat()).stdout(expected).stderr("").success();
    }

    /// Avro with the wire header and without it tells when it was sent.
    fn a_field_tells_when_a_record_was_sent(stack: &Stack) {
        let script = r#"
            kafka::create_topic("stamp-######");
            let schema = avro::parse(`{"type": "record", "name": "Stamp", "fields": [
                {"name": "timestamp", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}`);
            let value = #{ timestamp: time::now() - 3_600_000 };
            let producer = kafka::producer();
            producer.send("stamp-######", avro::encode(schema, value));
            producer.send("stamp-######", registry::encode("stamp-######-value", schema, value));
            producer.flush();
            let outcome = load::experiment(#{ max: 2 })
                .consume("stamp-######", #{ from: "earliest", time_field: "timestamp" })
                .run();
            print(outcome.latency.min > 3590.0);
        "#;
        stack.script(script).stdout("true\n").stderr("").success();
    }

    /// The run ends with a code of its own, after everything was printed.
    fn a_threshold_that_is_not_kept_to_is_the_exit_code(stack: &Stack) {
        let script = r#"
            fn main() {
                kafka::create_topic("slow-######");
                load::experiment(#{ max: 5, name: "night" })
                    .produce("slow-######", "x", 100)
                    .consume("slow-######")
                    .threshold("lost == 0")
                    .threshold("received > 5")
                    .threshold("p99 < 10 min")
                    .run()
            }
        "#;
        let output = stack.script(script).code(5);
        let stdout = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = stdout.lines().collect();
        assert!(lines[0].starts_with("FAILED  night, "), "{stdout}");
        assert_eq!(lines[1], "  FAIL  received > 5  5");
        assert_eq!(lines[2], "  ok    lost == 0     0");
        assert!(lines[3].starts_with("  ok    p99 < 10 min  "), "{stdout}");
        assert!(lines.len() <= 24 && lines.iter().all(|line| line.chars().count() <= 80), "{stdout}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(stderr, "error: `night` did not keep to its thresholds: received > 5 (5)\n");
    }

    fn a_topic_that_does_not_exist_cannot_be_read(stack: &Stack) {
        let script = r#"
            try { load::experiment().consume("none-######").run(); } catch (err) { print(err.kind); }
            try { load::experiment().consume([]) } catch (err) { print(err.message); }
            try { load::experiment().threshold("lots == 0") } catch (err) { print(err.remedy); }
        "#;
        let expected = "not_found\ncannot consume: no topic is given\ndid you mean `lost`?\n";
        stack.script(script).stdout(expected).stderr("").success();
    }
}

/// What a broker confirmed and then lost is told, after the grace.
#[test]
fn what_does_not_arrive_is_lost() {
    let stack = crate::support::Stack::new();
    let script = r#"
        kafka::create_topic("gone");
        let outcome = load::experiment(#{ max: 10, name: "x" })
            .produce("gone", "x", #{ replay: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] })
            .consume("gone", #{ max: 4, grace: 0.1 })
            .run();
        tell(outcome);
    "#;
    let output = stack.script(&[TELL, script].concat()).success();
    // The reader ended before the others: they are not lost, and not hidden.
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "[10, 4, 0, 0, 0, 6]\n");
}
