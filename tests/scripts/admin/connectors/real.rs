//! `admin connectors` against a real Connect, read back over its REST API without kafkaefd.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Bed, Kafkaefd, get, on_bed};

/// A connector of one test, deleted when the test ends.
struct Desk<'a> {
    bed: &'a Bed,
    files: tempfile::TempDir,
    name: String,
    topic: String,
}

impl<'a> Desk<'a> {
    fn new(bed: &'a Bed) -> Desk<'a> {
        let topic = bed.name("lines");
        let args = ["admin", "topics", "create", &topic];
        bed.kafkaefd().env("BROKER", bed.get("KAFKA")).args(args).success();
        bed.get("CONNECT");
        Desk { bed, files: tempfile::TempDir::new().unwrap(), name: bed.name("desk"), topic }
    }

    /// `kafkaefd admin connectors VERB NAME …`.
    fn run(&self, verb: &str, more: &[&str]) -> Kafkaefd {
        let call = self.bed.kafkaefd().env("KAFKA_CONNECT", self.bed.get("CONNECT"));
        // A busy machine takes long to rebalance.
        call.args(["admin", "connectors", verb, &self.name, "--timeout", "240"]).args(more)
    }

    fn apply(&self, config: &Value, result: &str) {
        let first = format!("{} {result}", self.name);
        let output = self.run("apply", &["-"]).stdin(&config.to_string()).success();
        assert!(String::from_utf8_lossy(&output.stdout).starts_with(&first), "{output:?}");
    }

    /// What `GET /connectors/NAME…` answers, with its status.
    fn raw(&self, below: &str) -> (u16, Value) {
        let address = self.bed.get("CONNECT").trim_start_matches("http://");
        let (head, body) = get(address, &format!("/connectors/{}{below}", self.name));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(&body).unwrap())
    }

    /// The states of the connector and of its tasks.
    fn states(&self) -> Vec<String> {
        let (_, status) = self.raw("/status");
        let tasks = status["tasks"].as_array().cloned().unwrap_or_default();
        let all = std::iter::once(&status["connector"]).chain(&tasks);
        all.map(|part| part["state"].as_str().unwrap_or("none").to_owned()).collect()
    }

    /// Waits until `read` yields `expected`.
    fn awaits<T: PartialEq + std::fmt::Debug>(&self, expected: T, read: impl Fn() -> T) {
        let start = Instant::now();
        loop {
            let found = read();
            if found == expected {
                return;
            }
            assert!(
                start.elapsed() < Duration::from_secs(240),
                "{} has {found:?}, not {expected:?}; {:?}",
                self.name,
                self.raw("/status")
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn path(&self, name: &str) -> String {
        self.files.path().join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Desk<'_> {
    fn drop(&mut self) {
        let mut delete = std::process::Command::new(env!("CARGO_BIN_EXE_kafkaefd"));
        let _ = delete
            .args(["--kafka-connect", self.bed.get("CONNECT"), "admin", "connectors", "delete"])
            .args([&self.name, "--yes"])
            .output();
    }
}

fn lines(path: &Path) -> usize {
    std::fs::read_to_string(path).map_or(0, |text| text.lines().count())
}

on_bed! {
    fn a_source_goes_through_all_its_states(bed: &Bed) {
        let desk = Desk::new(bed);
        std::fs::write(desk.path("in"), "one\ntwo\n").unwrap();
        let config = json!({ "connector.class": "FileStreamSource", "tasks.max": 1,
            "file": desk.path("in"), "topic": desk.topic });
        desk.apply(&config, "created");
        desk.apply(&config, "unchanged");
        let (_, read) = desk.raw("/config");
        assert_eq!(read["file"], json!(desk.path("in")));
        assert_eq!(read["tasks.max"], "1");

        let position = || desk.raw("/offsets").1["offsets"][0]["offset"]["position"].clone();
        desk.awaits(json!(8), position);
        desk.run("info", &[])
            .stdout(&format!(
                "connector    type    class             tasks  topics\n\
                 desk-######  source  FileStreamSource  [0]    [\"{}\"]\n",
                desk.topic
            ))
            .success();
        desk.run("pause", &[]).stdout("connector    result\ndesk-######  paused\n").success();
        assert_eq!(desk.states(), ["PAUSED", "PAUSED"]);
        desk.run("resume", &[]).success();
        assert_eq!(desk.states(), ["RUNNING", "RUNNING"]);
        desk.run("restart", &["--tasks"]).success();

        let refused = desk.run("offsets", &["--reset", "--yes"]).stdout("").code(1);
        let stderr = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(stderr.contains(": it is not stopped\n"), "{stderr}");
        desk.run("stop", &[]).success();
        assert_eq!(desk.states(), ["STOPPED"]);
        let back = format!(
            r#"[{{"partition": {{"filename": "{}"}}, "offset": {{"position": 4}}}}]"#,
            desk.path("in")
        );
        desk.run("offsets", &["--set", "-", "--yes"]).stdin(&back).success();
        assert_eq!(position(), json!(4));
        desk.run("resume", &[]).success();
        let topic = desk.topic.as_str();
        let records = || bed.kcat(&["-C", "-t", topic, "-e", "-q"]).lines().count();
        desk.awaits(3, records);

        desk.run("stop", &[]).success();
        desk.run("offsets", &["--reset", "--yes"])
            .stdout("no offsets in profile custom\n")
            .success();
        assert_eq!(position(), Value::Null);
        desk.run("delete", &["--yes"])
            .stdout("connector    result\ndesk-######  deleted\n")
            .success();
        assert_eq!(desk.raw("").0, 404);
    }

    fn a_sink_fails_and_is_mended(bed: &Bed) {
        let desk = Desk::new(bed);
        let args = ["helloworld", "produce", "--topic", &desk.topic];
        for text in ["a", "b", "c"] {
            let call = bed.kafkaefd().env("BROKER", bed.get("KAFKA"));
            call.args([&args[..], &[text]].concat()).success();
        }
        let converter = "org.apache.kafka.connect.storage.StringConverter";
        let file = desk.path("later/out");
        desk.apply(
            &json!({ "connector.class": "FileStreamSink", "topics": desk.topic, "file": file,
                "value.converter": converter, "consumer.override.auto.offset.reset": "earliest" }),
            "created",
        );
        desk.awaits(vec!["RUNNING".to_owned(), "FAILED".to_owned()], || desk.states());
        let shown = desk.run("status", &[]).success();
        let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
        assert!(shown.contains("ConnectException: Couldn't find or create file"), "{shown}");

        std::fs::create_dir(desk.path("later")).unwrap();
        desk.run("restart", &["--failed-only"])
            .stdout("connector    result\ndesk-######  restarted\n")
            .success();
        desk.awaits(vec!["RUNNING".to_owned(), "RUNNING".to_owned()], || desk.states());
        desk.awaits(3, || lines(Path::new(&file)));
        let offset = || desk.raw("/offsets").1["offsets"][0]["offset"]["kafka_offset"].clone();
        desk.awaits(json!(3), offset);

        desk.run("stop", &[]).success();
        desk.run("offsets", &[])
            .stdout("topic         partition  offset\nlines-######          0       3\n")
            .success();
        let back = format!(r#"[{{"topic": "{}", "partition": 0, "offset": 1}}]"#, desk.topic);
        desk.run("offsets", &["--set", "-", "--yes"]).stdin(&back).success();
        assert_eq!(offset(), json!(1));
        desk.run("resume", &[]).success();
        desk.awaits(5, || lines(Path::new(&file)));
    }

    fn what_is_wrong_is_said_by_the_real_one_too(bed: &Bed) {
        let desk = Desk::new(bed);
        let wrong = json!({ "connector.class": "FileStreamSource", "tasks.max": "x" });
        let output = desk.run("apply", &["-"]).stdin(&wrong.to_string()).stdout("").code(1);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let topic = "Missing required configuration \"topic\" which has no default value.";
        let tasks = "Invalid value x for configuration tasks.max: Not a number of type INT";
        assert!(stderr.contains(topic) && stderr.contains(tasks), "{stderr}");
        assert_eq!(desk.raw("").0, 404);

        let wrong = json!({ "connector.class": "FileStreamSuorce" });
        let output = desk.run("apply", &["-"]).stdin(&wrong.to_string()).stdout("").code(1);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let meant = "did you mean `org.apache.kafka.connect.file.FileStreamSourceConnector`?";
        assert!(stderr.contains(meant), "{stderr}");

        let output = desk.run("status", &[]).stdout("").code(1);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.contains(": no such connector\n"), "{stderr}");
    }

    fn plugins_and_loggers_of_the_real_one(bed: &Bed) {
        let desk = Desk::new(bed);
        let call = |args: &[&str]| {
            let call = bed.kafkaefd().env("KAFKA_CONNECT", bed.get("CONNECT"));
            call.args([&["admin", "connectors"], args].concat())
        };
        let file = "org.apache.kafka.connect.file.FileStream";
        let shown = call(&["plugins", "--filter", &format!("{file}Source")]).success();
        let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
        assert!(shown.contains(&format!("{file}SourceConnector  source  ")), "{shown}");
        let logger = format!("org.kafkaefd.{}", desk.name);
        call(&["loggers", &logger, "--set", "ERROR"]).success();
        let address = bed.get("CONNECT").trim_start_matches("http://");
        desk.awaits("ERROR".to_owned(), || {
            let (_, body) = get(address, &format!("/admin/loggers/{logger}"));
            let read: Value = serde_json::from_str(&body).unwrap();
            read["level"].as_str().unwrap_or_default().to_owned()
        });
    }
}
