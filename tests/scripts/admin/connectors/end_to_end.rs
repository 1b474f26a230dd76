//! `admin connectors create influxdb-sink` on the bed: from Avro records to points.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::{Bed, Kafkaefd, Running, on_bed};

/// A database of one test, and the sink that writes to it.
struct Lab<'a> {
    bed: &'a Bed,
    database: String,
    sink: String,
    home: tempfile::TempDir,
}

impl<'a> Lab<'a> {
    fn new(bed: &'a Bed) -> Lab<'a> {
        bed.get("CONNECT");
        let database = bed.name("efd").replace('-', "_");
        let home = tempfile::TempDir::new().unwrap();
        let lab = Lab { bed, database, sink: bed.name("sink"), home };
        lab.influx(&["-execute", &format!("CREATE DATABASE {}", lab.database)]);
        lab
    }

    /// A call of the own client of the database.
    fn influx(&self, args: &[&str]) -> String {
        let address = self.bed.get("INFLUXDB").trim_start_matches("http://");
        let (host, port) = address.split_once(':').unwrap();
        let mut influx = Command::new(self.bed.get("INFLUX"));
        let output = influx.args(["-host", host, "-port", port]).args(args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Waits until the points of `topic` are `expected`, in CSV with milliseconds.
    fn awaits(&self, columns: &str, topic: &str, expected: &str) {
        let query = format!("SELECT {columns} FROM \"{topic}\"");
        let form = ["-format", "csv", "-precision", "ms"];
        let args = [&["-database", &self.database, "-execute", &query], &form[..]].concat();
        let start = Instant::now();
        while self.influx(&args) != expected {
            let found = self.influx(&args);
            let status = self.connectors(&["status", &self.sink]).success();
            assert!(
                start.elapsed() < Duration::from_secs(240),
                "{topic} has\n{found}not\n{expected}{}",
                String::from_utf8_lossy(&status.stdout)
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn connectors(&self, args: &[&str]) -> Kafkaefd {
        let call = self.bed.kafkaefd().env("KAFKA_CONNECT", self.bed.get("CONNECT"));
        call.args([&["admin", "connectors"], args].concat())
    }

    /// A topic with readings at 1.5 s and 2.5 s after 1970.
    fn topic(&self, name: &str) -> String {
        let topic = self.bed.name(name);
        let script = format!(
            r#"
            let schema = `{{"type": "record", "name": "reading", "fields": [
                {{"name": "stamp", "type": "long"}}, {{"name": "dome", "type": "string"}},
                {{"name": "temp", "type": "double"}}, {{"name": "count", "type": "int"}}]}}`;
            kafka::create_topic("{topic}");
            let producer = kafka::producer();
            for i in 1..3 {{
                let value = #{{ stamp: i * 1000 + 500, dome: `d${{i}}`, temp: i / 4.0, count: i }};
                producer.deliver("{topic}", registry::encode("{topic}-value", schema, value));
            }}"#
        );
        self.bed.stack().script(&script).success();
        topic
    }

    /// Options of the sink that all tests give.
    fn options(&self) -> Vec<String> {
        let registry = self.bed.get("APICURIO_CORE");
        let mut options: Vec<String> =
            ["--influxdb", self.bed.get("INFLUXDB"), "--database", &self.database, "--name"]
                .map(str::to_owned)
                .into();
        options.push(self.sink.clone());
        for setting in [
            "value.converter=io.apicurio.registry.utils.converter.AvroConverter",
            &format!("value.converter.apicurio.registry.url={registry}"),
            "value.converter.apicurio.registry.as-confluent=true",
            "consumer.override.auto.offset.reset=earliest",
            "consumer.override.metadata.max.age.ms=1000",
        ] {
            options.extend(["--config".to_owned(), setting.to_owned()]);
        }
        options.extend(["--timeout".to_owned(), "240".to_owned()]);
        options
    }
}

impl Drop for Lab<'_> {
    fn drop(&mut self) {
        let mut delete = Command::new(env!("CARGO_BIN_EXE_kafkaefd"));
        let words = ["admin", "connectors", "delete", &self.sink, "--yes"];
        let _ = delete.args(["--kafka-connect", self.bed.get("CONNECT")]).args(words).output();
    }
}

on_bed! {
    fn records_become_points_with_time_and_tags(bed: &Bed) {
        let lab = Lab::new(bed);
        let topic = lab.topic("dome");
        let options = lab.options();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let words = ["create", "influxdb-sink", &topic, "--class", "lenses"];
        let more = ["--timestamp", "stamp", "--tag", "dome", "--password", "s3cret"];
        lab.connectors(&[&words[..], &more, &options].concat())
            .stdout("sink-###### created\n")
            .success();
        lab.connectors(&[&words[..], &more, &options].concat())
            .stdout("sink-###### unchanged\n")
            .success();
        let rows = |lines: &[&str]| {
            let row = |line: &&str| format!("{topic},{line}\n");
            let rows: String = lines.iter().map(row).collect();
            format!("name,time,count,dome,temp\n{rows}")
        };
        let expected = rows(&["1500,1,d1,0.25", "2500,2,d2,0.5"]);
        lab.awaits("\"count\", dome, temp", &topic, &expected);
        let tags = format!("SHOW TAG KEYS FROM \"{topic}\"");
        let tags = lab.influx(&["-database", &lab.database, "-execute", &tags, "-format", "csv"]);
        assert_eq!(tags, format!("name,tagKey\n{topic},dome\n"));
        let shown = lab.connectors(&["config", &lab.sink]).success();
        let shown = String::from_utf8(shown.stdout).unwrap();
        assert!(shown.contains("connect.influx.password") && !shown.contains("s3cret"), "{shown}");
    }

    fn a_daemon_takes_in_topics_as_they_appear(bed: &Bed) {
        let lab = Lab::new(bed);
        let first = lab.topic("night-a");
        let regex = format!("night-.*{}", first.rsplit('-').next().unwrap());
        let options = lab.options();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let servers = ["--broker", bed.get("KAFKA"), "--kafka-connect", bed.get("CONNECT")];
        let words = ["admin", "connectors", "create", "influxdb-sink", "--daemon"];
        let more = ["--interval", "0.2", "--timestamp", "stamp", "--topics-regex", &regex];
        let args = [&servers[..], &words, &more, &options].concat();
        let mut daemon = Running::start(lab.home.path(), &args);
        let rows = |topic: &str| format!("name,time,temp\n{topic},1500,0.25\n{topic},2500,0.5\n");
        daemon.says(&format!("{} created", lab.sink));
        lab.awaits("temp", &first, &rows(&first));
        let second = lab.topic("night-b");
        daemon.says(&format!("{} updated", lab.sink));
        lab.awaits("temp", &second, &rows(&second));
        let status = daemon.lines(1).remove(0);
        assert!(status.starts_with(&format!("{}: ", lab.sink)), "{status}");
        assert_eq!(daemon.stop("TERM").code, Some(143));
    }
}
