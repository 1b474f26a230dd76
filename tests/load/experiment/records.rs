//! What an experiment sends.

use crate::support::on_each_stack;

on_each_stack! {
    /// Each record says which it is and when it was due, to the microsecond, however late it was.
    fn records_say_which_they_are_and_when_they_were_due(stack: &Stack) {
        let script = r#"
            let dome = "dome-######";
            kafka::create_topic(dome);
            let made = load::generator(`{"type": "record", "name": "Dome", "fields": [
                {"name": "sent", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "azimuth", "type": "double", "units": "deg"}]}`);
            let outcome = load::experiment(#{ seconds: 0.5, name: "night" })
                .produce(dome, made, 20, #{ key: "north" })
                .run();
            print([outcome.sent, outcome.acknowledged, outcome.failed, outcome.failures]);
            let records = kafka::consumer(dome, #{ from: "earliest", max: 10 }).read_all();
            print(records.map(|record| record.headers["kafkaefd-sequence"]));
            let sent = records.map(|record| parse_int(record.headers["kafkaefd-sent"]));
            for i in 1..10 { if sent[i] - sent[i - 1] != 50_000 { throw sent; } }
            print(records.all(|record| record.headers["kafkaefd-producer"].starts_with("night-0-")));
            print(records.all(|r, i| r.timestamp == sent[i] / 1000 && r.value.sent == sent[i]));
            print(records.all(|record| record.key == "north"));
            print(registry::latest(dome + "-value").schema.name);
        "#;
        stack
            .script(script)
            .stdout(
                "[10, 10, 0, #{}]\n\
                 [\"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"]\n\
                 true\ntrue\ntrue\nDome\n",
            )
            .stderr("")
            .success();
    }

    /// Of three processes each has its own topics, and all are served.
    fn processes_share_the_topics(stack: &Stack) {
        let script = r#"
            const ID = env::get("KAFKAEFD_VAR_ID");
            let experiment = load::experiment(#{
                max: 99, producer_count: 3, producer_id: if ID != () { parse_int(ID) },
            });
            for i in 0..5 {
                kafka::create_topic(`slice${i}-######`, #{ if_not_exists: true });
                experiment = experiment.produce(`slice${i}-######`, "a value", #{ replay: [0] });
            }
            print(experiment.run().sent);
        "#;
        stack.script(script).env("KAFKAEFD_VAR_ID", "0").stdout("2\n").success();
        stack.script(script).env("JOB_COMPLETION_INDEX", "1").stdout("2\n").success();
        stack.script(script).env("KAFKAEFD_VAR_ID", "2").env("JOB_COMPLETION_INDEX", "0").stdout("1\n").success();
        let counts = r#"
            print((0..5).to_array().map(|i| kafka::consumer(`slice${i}-######`, #{ to: "end" })
                .read_all().map(|record| record.headers["kafkaefd-producer"].split("-")[1])));
        "#;
        let counts = counts.replace("(0..5).to_array()", "[0, 1, 2, 3, 4]");
        stack
            .script(&counts)
            .stdout("[[\"0\"], [\"1\"], [\"2\"], [\"0\"], [\"1\"]]\n")
            .success();
    }

    /// Text and blobs go as they are; a topic may be fed twice, and counts its records as one.
    fn fixed_values_go_as_they_are(stack: &Stack) {
        let script = r#"
            let mount = "mount-######";
            kafka::create_topic(mount);
            load::experiment()
                .produce(mount, "text", #{ replay: [0.0, 0.2] })
                .produce(mount, blob(2, 7), #{ replay: [0.1] })
                .run();
            let records = kafka::consumer(mount, #{ max: 3 }).read_all();
            print(records.map(|r| [r.headers["kafkaefd-sequence"], r.value_bytes, r.key]));
        "#;
        stack
            .script(script)
            .stdout("[[\"0\", [74657874], ()], [\"1\", [0707], ()], [\"2\", [74657874], ()]]\n")
            .success();
    }
}
