use super::init;
use super::site::Site;
use crate::support::prometheus::{Target, check_metrics, scraped};
use crate::support::{Running, Stack, get, on_bed};

/// The address of the metrics of a run that says it.
fn address(running: &mut Running) -> String {
    let said = running.says("metrics are at http://");
    said.split_once("http://").unwrap().1.split_once('/').unwrap().0.to_owned()
}

/// Waits until `path` answers with `body`, and returns the status line.
fn waits_for(address: &str, path: &str, body: &str) -> String {
    loop {
        let (head, said) = get(address, path);
        if said == body {
            return head.lines().next().unwrap().to_owned();
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

on_bed! {
    fn a_real_prometheus_scrapes_a_run(bed: &Bed) {
        let stack = bed.stack();
        let site = Site::new(&stack);
        site.init().success();
        let mut running = site.run(&["--auto-offset-reset", "earliest", "--prometheus-port", "0"]);
        let address = address(&mut running);
        assert_eq!(get(&address, "/healthz").1, "ok\n");
        assert!(waits_for(&address, "/readyz", "ready\n").contains("200"));
        let feed = r#"
            let wind = interfaces.topic("Weather######_wind");
            let producer = kafka::producer();
            for i in 0..5 { producer.send(wind.text_topic, sal::text(wind, #{})); }
            producer.flush();
            kafka::consumer(wind.kafka_topic, #{ max: 5 }).read_all();
        "#;
        site.script(feed).success();
        let _target = Target::new(bed, &address);
        // Prometheus comes by each second; the last report may be on its way at the first time.
        while scraped(bed, "saltransform_produced_total", &address) != "5" {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        assert_eq!(scraped(bed, "saltransform_total_seconds_count", &address), "5");
        assert_eq!(scraped(bed, "saltransform_transform_seconds_count", &address), "5");
        check_metrics(bed, &address);
        assert_eq!(running.stop("TERM").code, Some(0));
    }
}

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
    let address = address(&mut running);
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
    // How a pipeline stands is tried with the pipelines.
    let moves = ["_seconds_sum", "_lag_records", "_in_flight_bytes", "_paused_", "_heartbeat_"];
    let moves = |line: &str| {
        moves.iter().any(|part| line.contains(part))
            || line.starts_with("kafkaefd_stage_seconds_total{")
    };
    let stable: Vec<&str> = body.lines().filter(|line| !moves(line)).collect();
    assert_eq!(
        stable,
        [
            "# HELP kafkaefd_stage_records_total Records that entered a stage",
            "# TYPE kafkaefd_stage_records_total counter",
            "kafkaefd_stage_records_total{pipeline=\"Weather_command\",stage=\"sal::text_to_avro\"} 0",
            "kafkaefd_stage_records_total{pipeline=\"Weather_event\",stage=\"sal::text_to_avro\"} 0",
            "kafkaefd_stage_records_total{pipeline=\"Weather_logevent\",stage=\"sal::text_to_avro\"} 0",
            "kafkaefd_stage_records_total{pipeline=\"Weather_telemetry\",stage=\"sal::text_to_avro\"} 5",
            "# HELP kafkaefd_stage_seconds_total Time that a stage took",
            "# TYPE kafkaefd_stage_seconds_total counter",
            "# HELP saltransform_dead_letters_total Records that could not be processed",
            "# TYPE saltransform_dead_letters_total counter",
            "saltransform_dead_letters_total 1",
            "# HELP saltransform_produced_total Messages produced by kafkaefd saltransform.",
            "# TYPE saltransform_produced_total counter",
            "saltransform_produced_total 3",
            "# HELP saltransform_skipped_total Records from which nothing was made",
            "# TYPE saltransform_skipped_total counter",
            "saltransform_skipped_total 1",
            "# HELP saltransform_total_seconds Total message processing time, in seconds.",
            "# TYPE saltransform_total_seconds summary",
            "saltransform_total_seconds_count 3",
            "# HELP saltransform_transform_seconds Time to transform text to Avro, in seconds.",
            "# TYPE saltransform_transform_seconds summary",
            "saltransform_transform_seconds_count 5",
        ]
    );
    assert_eq!(running.stop("TERM").code, Some(0));
}
