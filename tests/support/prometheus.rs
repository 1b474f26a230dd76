//! A real Prometheus that scrapes a run, and its tool that judges what the run serves.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{Bed, get};

/// A file that tells Prometheus to scrape an address; removed with this.
pub struct Target(PathBuf);

impl Target {
    pub fn new(bed: &Bed, address: &str) -> Target {
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
pub fn scraped(bed: &Bed, name: &str, address: &str) -> String {
    let prometheus = bed.get("PROMETHEUS").strip_prefix("http://").unwrap();
    let query = format!("/api/v1/query?query={name}%7Binstance=%22{address}%22%7D");
    let deadline = Instant::now() + Duration::from_secs(120);
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

/// Fails unless `promtool` has nothing to say about the metrics at `address`.
pub fn check_metrics(bed: &Bed, address: &str) {
    let (_, body) = get(address, "/metrics");
    let mut check = Command::new(bed.get("PROMTOOL"));
    check.args(["check", "metrics"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = check.stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&said).as_ref()), (Some(0), ""));
}
