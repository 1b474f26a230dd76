//! What kafkaefd serves at `/metrics`, as Prometheus reads it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::{Bed, Running, Stack, get, on_bed};

const SCRIPT: &str = r#"
    let address = metrics::serve(0);
    metrics::counter("dome_moves_total", "Moves of the dome").inc();
    metrics::gauge("dome_azimuth_degrees", "Where the dome looks").set(42.5);
    metrics::histogram("dome_move_seconds", "How long a move takes").observe(0.5);
    log::info("metrics are at " + address);
    // Until it is stopped.
    for record in kafka::consumer("silence") {}
"#;

/// A file that tells Prometheus to scrape an address; removed with this.
struct Target(PathBuf);

impl Target {
    fn new(bed: &Bed, address: &str) -> Target {
        let folder = PathBuf::from(bed.get("PROMETHEUS_TARGETS"));
        let path = folder.join(bed.name("kafkaefd")).with_extension("json");
        // Not a `.json` until it is whole.
        let part = path.with_extension("part");
        std::fs::write(&part, format!("[{{\"targets\": [\"{address}\"]}}]")).unwrap();
        std::fs::rename(part, &path).unwrap();
        Target(path)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The value of the metric `name` that Prometheus has from `address`, once it has one.
fn scraped(bed: &Bed, name: &str, address: &str) -> String {
    let prometheus = bed.get("PROMETHEUS").strip_prefix("http://").unwrap();
    let query = format!("/api/v1/query?query={name}%7Binstance=%22{address}%22%7D");
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let (_, body) = get(prometheus, &query);
        let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
        if let Some(value) = answer["data"]["result"][0]["value"][1].as_str() {
            return value.to_owned();
        }
        assert!(Instant::now() < deadline, "{name} is not there: {body}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

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

        let (_, body) = get(&address, "/metrics");
        let mut check = Command::new(bed.get("PROMTOOL"));
        check.args(["check", "metrics"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = check.stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&said).as_ref()), (Some(0), ""));
        running.stop("TERM");
    }
}
