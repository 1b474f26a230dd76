use super::init;
use crate::support::{Running, Stack, get};

/// Dashboards and alerts know these names.
#[test]
fn the_metrics_of_a_run_have_their_names() {
    let stack = Stack::new();
    init(&stack).success();
    let home = tempfile::TempDir::new().unwrap();
    let line = ["saltransform", "run", "--subsystem", "Weather", "--prometheus-port", "0"];
    let servers = ["--broker", stack.broker(), "--registry", stack.registry()];
    let rest = ["--auto-offset-reset", "earliest", "--log-level", "info"];
    let mut running = Running::start(home.path(), &[&line[..], &servers[..], &rest[..]].concat());
    let said = running.says("metrics are at http://");
    let address = said.split_once("http://").unwrap().1.split_once('/').unwrap().0.to_owned();
    let feed = r#"
        let wind = sal::demo_interfaces().topic("Weather_wind");
        let mock = sal::mock(wind);
        let producer = kafka::producer();
        for i in 0..3 { producer.send(wind.text_topic, mock.text()); }
        producer.send(wind.text_topic, ());
        producer.send(wind.text_topic, "not SAL at all");
        producer.flush();
        kafka::consumer("Weather.dead").read();
    "#;
    stack.script(feed).stderr("").success();
    // The dead letter is the last, and read; its report may still be on the way.
    let body = loop {
        let (_, body) = get(&address, "/metrics");
        if body.contains("saltransform_dead_letters_total 1\n") {
            break body;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    };
    let stable: Vec<&str> = body.lines().filter(|line| !line.contains("_seconds_sum")).collect();
    assert_eq!(
        stable,
        [
            "# HELP saltransform_dead_letters_total Records that could not be processed",
            "# TYPE saltransform_dead_letters_total counter",
            "saltransform_dead_letters_total 1",
            "# HELP saltransform_produced_total Records that Kafka acknowledged",
            "# TYPE saltransform_produced_total counter",
            "saltransform_produced_total 3",
            "# HELP saltransform_skipped_total Records from which nothing was made",
            "# TYPE saltransform_skipped_total counter",
            "saltransform_skipped_total 1",
            "# HELP saltransform_total_seconds Time from reading a record to its acknowledgement",
            "# TYPE saltransform_total_seconds summary",
            "saltransform_total_seconds_count 3",
            "# HELP saltransform_transform_seconds Time that the stages took for a record",
            "# TYPE saltransform_transform_seconds summary",
            "saltransform_transform_seconds_count 5",
        ]
    );
    assert_eq!(running.stop("TERM").code, Some(0));
}
