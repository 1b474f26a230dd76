//! `aioload consume`.

use serde_json::Value;

use crate::support::prometheus::check_metrics;
use crate::support::{Running, Stack, get, on_bed, on_each_stack};

const LINE: [&str; 8] =
    ["aioload", "consume", "--log-level", "info", "--prometheus-port", "0", "--output", "json"];

fn prepare(stack: &Stack, count: &str) {
    let line = ["aioload", "init-topics", "--name", "late-######-", "--count", count];
    stack.kafkaefd().args(line).success();
}

fn produce(stack: &Stack, args: &[&str]) {
    let line = ["aioload", "produce", "--name", "late-######-", "--prometheus-port", "0"];
    stack.kafkaefd().args(line).args(args).success();
}

/// A consumer that stands in its topics, and the address of its metrics.
fn consume(stack: &Stack, home: &std::path::Path, args: &[&str]) -> (Running, String) {
    let name = stack.name("late") + "-";
    let servers = ["--broker", stack.broker(), "--registry", stack.registry(), "--name", &name];
    let mut running = Running::start(home, &[&LINE[..], &servers[..], args].concat());
    let said = running.says("metrics are at http://");
    let address = said.split_once("http://").unwrap().1.split_once('/').unwrap().0.to_owned();
    running.says("stand in their partitions");
    (running, address)
}

fn metric(address: &str, name: &str) -> Option<String> {
    let (_, body) = get(address, "/metrics");
    let line = body.lines().find(|line| line.split(' ').next() == Some(name))?;
    Some(line.split(' ').nth(1)?.to_owned())
}

fn awaits(address: &str, name: &str, value: &str) {
    while metric(address, name).as_deref() != Some(value) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

on_each_stack! {
    /// What is produced while it runs arrives, once, in each of its topics.
    fn records_are_measured_until_it_is_told_to_stop(stack: &Stack) {
        prepare(stack, "2");
        produce(stack, &["--count", "2", "--max", "6"]); // before its time
        let home = tempfile::TempDir::new().unwrap();
        let (running, address) = consume(stack, home.path(), &["--count", "2", "--threshold", "lost == 0"]);
        produce(stack, &["--count", "2", "--hertz", "20", "--max", "30"]);
        awaits(&address, "consumed_total", "30");
        assert_eq!(metric(&address, "consumer_latency_seconds_count").unwrap(), "30");
        assert_eq!(metric(&address, "consumer_latency_summ_seconds_count").unwrap(), "30");
        let ended = running.stop("TERM");
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let outcome: Value = serde_json::from_str(&ended.stdout).unwrap();
        for (name, count) in [("received", 30), ("lost", 0), ("duplicates", 0), ("reordered", 0)] {
            assert_eq!(outcome[name], count, "{name}");
        }
        assert_eq!(outcome["latencies"]["end_to_end"]["count"], 30);
        assert_eq!(outcome["passed"], true);
    }

    /// The predecessor wrote neither headers nor the wire header.
    fn raw_avro_tells_when_it_was_sent(stack: &Stack) {
        prepare(stack, "1");
        let home = tempfile::TempDir::new().unwrap();
        let (running, address) = consume(stack, home.path(), &[]);
        let script = r#"
            let schema = registry::latest("late-######-0-value").schema;
            let value = avro::encode(schema, #{ timestamp: time::now() - 3_600_000 });
            let producer = kafka::producer();
            producer.send("late-######-0", value);
            producer.flush();
        "#;
        stack.script(script).stderr("").success();
        awaits(&address, "consumed_total", "1");
        let outcome: Value = serde_json::from_str(&running.stop("TERM").stdout).unwrap();
        assert!(outcome["latencies"]["end_to_end"]["min"].as_f64().unwrap() > 3590.0, "{outcome}");
    }

    /// Each node has its own topics.
    fn nodes_share_the_topics(stack: &Stack) {
        prepare(stack, "3");
        let home = tempfile::TempDir::new().unwrap();
        let args = ["--count", "3", "--consumer-count", "2", "--max", "5", "--consumer-id"];
        let (one, _) = consume(stack, home.path(), &[&args[..], &["0"]].concat());
        let (other, _) = consume(stack, home.path(), &[&args[..], &["1"]].concat());
        produce(stack, &["--count", "3", "--hertz", "50", "--max", "15"]);
        for (mut running, received) in [(one, 10), (other, 5)] {
            let outcome: Value = serde_json::from_str(&running.rest()).unwrap();
            assert_eq!(outcome["received"], received);
        }
    }

    fn nodes_that_there_are_not_are_refused(stack: &Stack) {
        prepare(stack, "1");
        let line = ["aioload", "consume", "--name", "late-######-", "--consumer-count", "2"];
        let stderr = "error: cannot consume: of 2 consumers there is none with the id 2\n\
            help: ids count from 0: give --consumer-id below --consumer-count\n";
        stack.kafkaefd().args(line).args(["--consumer-id", "2"]).stderr(stderr).code(2);
        let stderr = "error: cannot consume: no topic is left for consumer 1 of 2\n\
            help: there are 1 topics: give more of them with --count\n";
        stack.kafkaefd().args(line).args(["--consumer-id", "1"]).stderr(stderr).code(2);
    }
}

on_bed! {
    fn promtool_has_nothing_to_say(bed: &Bed) {
        let stack = bed.stack();
        prepare(&stack, "1");
        let home = tempfile::TempDir::new().unwrap();
        let (running, address) = consume(&stack, home.path(), &[]);
        produce(&stack, &["--max", "5", "--hertz", "50"]);
        awaits(&address, "consumed_total", "5");
        check_metrics(bed, &address);
        assert_eq!(running.stop("INT").code, Some(130));
    }
}
