//! A stage that does not come back.

use crate::support::prometheus::check_metrics;
use crate::support::{Bed, Running, Stack, get, on_each_stack};

/// The closure stays at its first record until it is told to go on.
const STUCK: &str = r#"
for topic in ["in-######", "out-######", "on-######"] { kafka::create_topic(topic); }
kafka::producer().deliver("in-######", "hold");
print(metrics::serve(0));
let done = stream::from("in-######", #{ group: "stuck-######", max: 1, stuck_after: 1 })
    .map(|record| { kafka::consumer("on-######").read(); record })
    .to("out-######")
    .metrics("stuck")
    .run();
print(done.produced);
"#;

/// A member that does not poll is put out of its group after six seconds.
fn impatient(stack: &Stack) -> String {
    let profile = format!("profile = 'test'\n[profiles.test]\nbroker = '{}'\n", stack.broker());
    let limits = "'max.poll.interval.ms' = '6000'\n'session.timeout.ms' = '6000'\n";
    format!("{profile}[profiles.test.kafka]\n{limits}")
}

on_each_stack! {
    fn a_stage_that_does_not_return_shows_and_the_member_stays_in_its_group(stack: &Stack) {
        let home = tempfile::TempDir::new().unwrap();
        std::fs::write(home.path().join("stuck.rhai"), stack.tagged(STUCK)).unwrap();
        std::fs::write(home.path().join("kafkaefd.toml"), impatient(stack)).unwrap();
        let mut running = Running::start(home.path(), &["run", "stuck.rhai"]);
        let address = running.lines(1).remove(0);
        let stuck = format!("stuck: {}, worker 0\n", stack.name("stuck"));
        while get(&address, "/healthz").1 != stuck {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        assert_eq!(get(&address, "/readyz").1, "ready\n", "the reader goes on");
        let labels = format!("group=\"{}\",task=\"0\"", stack.name("stuck"));
        let place = format!("partition=\"0\",topic=\"{}\"", stack.name("in"));
        let lag = format!("stuck_consumer_lag_records{{group=\"{}\",{place}}} 1\n", stack.name("stuck"));
        // They are brought up to date once a second.
        let metrics = loop {
            let (_, metrics) = get(&address, "/metrics");
            if metrics.contains(&lag) {
                break metrics;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        };
        let paused = format!("stuck_paused_partitions{{{labels}}} 1\n");
        assert!(metrics.contains(&paused), "there may be one record only: {metrics}");
        assert!(metrics.contains("stuck_in_flight_bytes{"), "{metrics}");
        assert!(metrics.contains(",worker=\"0\"} 1"), "{metrics}");
        Bed::run(|bed| check_metrics(bed, &address));
        // Longer than a member may go without polling.
        std::thread::sleep(std::time::Duration::from_secs(7));
        stack.script("kafka::producer().deliver(\"on-######\", \"go on\");").success();
        assert_eq!(running.lines(1), ["1"], "its record was not given to anybody else");
        let ended = running.stop("TERM");
        assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    }
}
