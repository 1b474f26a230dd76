//! When an experiment sends, and when it ends.

use crate::support::{Running, Stack, on_each_stack};

on_each_stack! {
    fn it_ends_after_so_many_records(stack: &Stack) {
        let script = r#"
            kafka::create_topic("most-######");
            let outcome = load::experiment(#{ max: 7 })
                .produce("most-######", "a value", #{ burst: 5, every: 0.01 })
                .run();
            print([outcome.sent, outcome.acknowledged]);
        "#;
        stack.script(script).stdout("[7, 7]\n").success();
    }

    /// A queue that is full makes records late, not lost, and the outcome tells how late.
    fn a_full_queue_shows_as_lateness(stack: &Stack) {
        let script = r#"
            kafka::create_topic("full-######");
            let small = #{ "queue.buffering.max.messages": 10 };
            let outcome = load::experiment(#{ linger: 0.1, config: small })
                .produce("full-######", "a value", #{ replay: [].pad(40, 0.0) })
                .run();
            print([outcome.sent, outcome.acknowledged, outcome.failed]);
            // Four times ten records, each of which waits for those before it to linger.
            let late = outcome.latencies.schedule_error;
            print(late.max > 0.2 && late.p50 > 0.05);
        "#;
        let script = script.replace("[].pad(40, 0.0)", "zeros");
        let script = format!("let zeros = []; zeros.pad(40, 0.0);{script}");
        stack.script(&script).stdout("[40, 40, 0]\ntrue\n").stderr("").success();
    }
}

/// SIGTERM ends the sending; what was sent is awaited, and the script goes on.
#[test]
fn a_signal_ends_it_in_good_order() {
    let stack = Stack::new();
    let home = tempfile::TempDir::new().unwrap();
    let script = r#"
        kafka::create_topic("endless");
        metrics::serve(0);
        let outcome = load::experiment().produce("endless", "a value", 50).metrics("mine").run();
        log::warn(`all arrived: ${outcome.sent == outcome.acknowledged}`);
        let count = kafka::consumer("endless", #{ to: "end" }).read_all().len();
        log::warn(`all are there: ${outcome.sent == count}`);
    "#;
    std::fs::write(home.path().join("t.rhai"), script).unwrap();
    let servers = ["--broker", stack.broker(), "--registry", stack.registry()];
    let line = ["run", "t.rhai", "--log-level", "info"];
    let mut running = Running::start(home.path(), &[&line[..], &servers[..]].concat());
    let said = running.says("metrics are at http://");
    let address = said.split_once("http://").unwrap().1.split_once('/').unwrap().0.to_owned();
    while !crate::support::get(&address, "/metrics").1.contains("mine_produced_total 5") {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(crate::support::get(&address, "/readyz").1, "ready\n");
    let ended = running.stop("TERM");
    assert!(ended.stderr.contains("all arrived: true"), "{}", ended.stderr);
    assert!(ended.stderr.contains("all are there: true"), "{}", ended.stderr);
    assert_eq!(ended.code, Some(0));
}
