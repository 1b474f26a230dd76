//! `admin connectors create influxdb-sink`.

use super::{Bench, message};
use crate::support::{Kafkaefd, Running};

const SINK: [&str; 2] = ["create", "influxdb-sink"];

fn create(bench: &Bench, args: &[&str]) -> Kafkaefd {
    bench.run(&[&SINK, args].concat())
}

#[test]
fn a_dry_run_prints_what_the_predecessor_wrote() {
    // No server is asked.
    let args = ["admin", "connectors", "create", "influxdb-sink", "--upload", "--dry-run"];
    Kafkaefd::new()
        .args([&args[..], &["helloavro", "dome", "helloavro", "--password", "s3cret"]].concat())
        .stdout(
            r#"{
  "connect.influx.db": "efd",
  "connect.influx.kcql": "INSERT INTO dome SELECT * FROM dome WITHTIMESTAMP sys_time();INSERT INTO helloavro SELECT * FROM helloavro WITHTIMESTAMP sys_time()",
  "connect.influx.password": "***",
  "connect.influx.url": "https://influxdb-efd-kafka.lsst.codes",
  "connect.influx.username": "-",
  "connector.class": "com.datamountaineer.streamreactor.connect.influx.InfluxSinkConnector",
  "name": "influxdb-sink",
  "tasks.max": "1",
  "topics": "dome,helloavro"
}
"#,
        )
        .stderr("")
        .success();
}

#[test]
fn options_and_the_environment_go_into_the_configuration() {
    let bench = Bench::new();
    let args = "dome --class lenses -d test -t 3 --timestamp private_efdStamp --tag salIndex \
                --tag name --error-policy retry --max-retries 5 --retry-interval 1000 --progress \
                --config errors.tolerance=all --name efd";
    create(&bench, &args.split_whitespace().collect::<Vec<_>>())
        .env("INFLUXDB", "http://influx:8086")
        .env("INFLUXDB_USER", "ada")
        .env("INFLUXDB_PASSWORD", "s3cret")
        .stdout("efd created\n")
        .stderr("")
        .success();
    bench
        .script("print(out::json(connect::config(\"efd\")))")
        .stdout(
            r#"{
  "connect.influx.db": "test",
  "connect.influx.error.policy": "RETRY",
  "connect.influx.kcql": "INSERT INTO dome SELECT * FROM dome WITHTIMESTAMP private_efdStamp WITHTAG(salIndex,name)",
  "connect.influx.max.retries": "5",
  "connect.influx.password": "s3cret",
  "connect.influx.retry.interval": "1000",
  "connect.influx.url": "http://influx:8086",
  "connect.influx.username": "ada",
  "connect.progress.enabled": "true",
  "connector.class": "io.lenses.streamreactor.connect.influx.InfluxSinkConnector",
  "errors.tolerance": "all",
  "name": "efd",
  "tasks.max": "3",
  "topics": "dome"
}
"#,
        )
        .success();
}

#[test]
fn an_existing_connector_changes_only_when_asked_to() {
    let bench = Bench::new();
    create(&bench, &["dome"]).stdout("influxdb-sink created\n").success();
    create(&bench, &["dome"]).stdout("influxdb-sink unchanged\n").success();
    let output = create(&bench, &["dome", "mount"]).stdout("").code(1);
    assert_eq!(
        message(&output),
        "error: cannot create connector influxdb-sink: it exists with another configuration\n\
         help: change it with --update; --dry-run prints the configuration"
    );
    create(&bench, &["dome", "mount", "--update"]).stdout("influxdb-sink updated\n").success();
}

#[test]
fn topics_are_needed_and_a_class_that_is_there() {
    let bench = Bench::new();
    let output = create(&bench, &[]).stdout("").code(2);
    assert_eq!(message(&output), "error: name a topic, or give --topics-regex\nno help");
    let class = "com.datamountaineer.streamreactor.connect.influx.InfluxSinkConector";
    let output = create(&bench, &["dome", "--class", class]).stdout("").code(1);
    assert_eq!(
        message(&output),
        format!(
            "error: cannot create connector `influxdb-sink` at {}: no such plugin as `{class}`\n\
             help: did you mean \
             `com.datamountaineer.streamreactor.connect.influx.InfluxSinkConnector`?",
            bench.url()
        )
    );
}

/// A daemon against Connect at `url`.
fn daemon(url: &str, args: &[&str]) -> (Running, tempfile::TempDir) {
    let home = tempfile::TempDir::new().unwrap();
    let words = ["--kafka-connect", url, "admin", "connectors"];
    let keep = ["--daemon", "--interval", "0.05"];
    let running = Running::start(home.path(), &[&words[..], &SINK, &keep, args].concat());
    (running, home)
}

#[test]
fn a_daemon_prints_the_status_and_creates_anew_what_is_gone() {
    let bench = Bench::new();
    let (mut daemon, _home) = daemon(&bench.url(), &["dome"]);
    let status = "influxdb-sink: RUNNING, task 0 RUNNING";
    assert_eq!(daemon.lines(2), [status, status]);
    bench.run(&["delete", "influxdb-sink", "--yes"]).success();
    daemon.says("influxdb-sink created");
    daemon.says("influxdb-sink created");
    let ended = daemon.stop("TERM");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(143), "stopped\n"));
    bench.run(&["status", "influxdb-sink"]).success();
}

#[test]
fn a_daemon_waits_while_connect_is_away() {
    // A port that nobody listens on until the double takes it.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    drop(taken);
    let (mut daemon, _home) = daemon(&format!("http://{address}"), &["dome"]);
    daemon.says("cannot read the configuration of connector `influxdb-sink`");
    let _bench = Bench::at(&address.to_string());
    daemon.says("influxdb-sink created");
    daemon.says("back again");
    assert_eq!(daemon.lines(1), ["influxdb-sink: RUNNING, task 0 RUNNING"]);
    assert_eq!(daemon.stop("INT").code, Some(130));
}
