//! What kafkaefd serves at `/metrics`, as Prometheus reads it.

use tempfile::TempDir;

use crate::support::prometheus::{Target, check_metrics, scraped};
use crate::support::{Running, Stack, on_bed};

const SCRIPT: &str = r#"
    let address = metrics::serve(0);
    metrics::counter("dome_moves_total", "Moves of the dome").inc();
    metrics::gauge("dome_azimuth_degrees", "Where the dome looks").set(42.5);
    metrics::histogram("dome_move_seconds", "How long a move takes").observe(0.5);
    log::info("metrics are at " + address);
    // Until it is stopped.
    for record in kafka::consumer("silence") {}
"#;

on_bed! {
    fn prometheus_scrapes_a_run(bed: &Bed) {
        let stack = Stack::new();
        let home = TempDir::new().unwrap();
        std::fs::write(home.path().join("t.rhai"), SCRIPT).unwrap();
        let servers = ["--broker", stack.broker(), "--registry", stack.registry()];
        stack.script("kafka::create_topic(\"silence\")").success();
        let line = [&["run", "t.rhai", "--log-level", "info"], &servers[..]].concat();
        let mut running = Running::start(home.path(), &line);
        let said = running.says("metrics are at ");
        let address = said.rsplit(' ').next().unwrap().trim();
        let address = address.trim_start_matches("http://").split('/').next().unwrap().to_owned();

        let _target = Target::new(bed, &address);
        assert_eq!(scraped(bed, "dome_moves_total", &address), "1");
        assert_eq!(scraped(bed, "dome_azimuth_degrees", &address), "42.5");
        assert_eq!(scraped(bed, "dome_move_seconds_count", &address), "1");
        assert_eq!(scraped(bed, "up", &address), "1");

        check_metrics(bed, &address);
        running.stop("TERM");
    }
}
