use super::{Bench, message};
use crate::support::Kafkaefd;

#[test]
fn list_shows_state_and_tasks() {
    let bench = Bench::new();
    let sink = "org.apache.kafka.connect.file.FileStreamSinkConnector";
    bench.make("dome-sink", &format!(r#""connector.class": "{sink}", topics: "t""#));
    bench
        .run(&["list"])
        .stdout(&format!(
            "connector  type    state    tasks  failed  class\n\
             dome       source  RUNNING      1       0  FileStreamSource\n\
             dome-sink  sink    RUNNING      1       0  {sink}\n\
             mount      sink    RUNNING      2       2  FileStreamSink\n"
        ))
        .stderr("")
        .success();
    bench
        .run(&["list", "--filter", "mo", "--output", "json"])
        .stdout(&format!(
            "[\n  {{\n    \"connector\": \"mount\",\n    \"type\": \"sink\",\n    \
             \"state\": \"RUNNING\",\n    \"tasks\": 2,\n    \"failed\": 2,\n    \
             \"class\": \"FileStreamSink\",\n    \"worker\": \"{}\"\n  }}\n]\n",
            bench.worker()
        ))
        .success();
    bench.run(&["list", "-f", "x"]).stdout("no connectors in profile custom\n").success();
}

#[test]
fn status_shows_what_failed() {
    let bench = Bench::new();
    let worker = bench.worker();
    let why = "org.apache.kafka.connect.errors.ConnectException: Couldn't find or create file \
               '/missing/f' for FileStreamSinkTask";
    bench
        .run(&["status", "dome"])
        .stdout(&format!(
            "connector  task  state    worker\n\
             dome             RUNNING  {worker}\n\
             dome          0  RUNNING  {worker}\n"
        ))
        .stderr("")
        .success();
    bench
        .run(&["status", "mount"])
        .stdout(&format!(
            "connector  task  state    {:width$}  error\n\
             mount            RUNNING  {worker}\n\
             mount         0  FAILED   {worker}  {why}\n\
             mount         1  FAILED   {worker}  {why}\n",
            "worker",
            width = worker.len()
        ))
        .success();
    let all = bench.run(&["status", "--output", "json"]).success();
    let all: serde_json::Value = serde_json::from_slice(&all.stdout).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 5);
    assert_eq!(all[3]["connector"], "mount");
    assert_eq!(all[3]["error"], why);
    assert!(all[3]["trace"].as_str().unwrap().contains("\n\tat "));
}

#[test]
fn a_connector_that_is_not_there_is_told_from_one_that_is() {
    let bench = Bench::new();
    let output = bench.run(&["status", "dom"]).stdout("").code(1);
    assert_eq!(
        message(&output),
        format!(
            "error: cannot read the status of connector `dom` at {}: no such connector\n\
             help: did you mean `dome`?",
            bench.url()
        )
    );
}

#[test]
fn the_embedded_stack_has_no_connect() {
    let output = Kafkaefd::new().args(["admin", "connectors", "list"]).stdout("").code(1);
    assert_eq!(
        message(&output),
        "error: cannot reach Kafka Connect: the embedded stack has none\n\
         help: use a real one: --kafka-connect URL, or a profile with one: --profile local"
    );
}

#[test]
fn a_connect_that_is_down() {
    let args = ["--kafka-connect", "http://127.0.0.1:1", "admin", "connectors", "list"];
    let output = Kafkaefd::new().args(args).stdout("").code(1);
    assert_eq!(
        message(&output),
        "error: cannot list connectors of http://127.0.0.1:1: connection refused\n\
         help: start Kafka Connect, or give another with --kafka-connect or $KAFKA_CONNECT"
    );
}

#[test]
fn info_and_tasks_tell_what_there_is() {
    let bench = Bench::new();
    let worker = bench.worker();
    bench
        .run(&["info", "dome"])
        .stdout(
            "connector  type    class             tasks  topics\n\
             dome       source  FileStreamSource  [0]    []\n",
        )
        .success();
    bench
        .run(&["tasks", "dome"])
        .stdout(&format!("task  state    worker\n   0  RUNNING  {worker}\n"))
        .success();
    bench
        .run(&["show", "dome"])
        .stdout(&format!(
            "config:\n  connector.class: FileStreamSource\n  file: /f\n  name: dome\n  topic: dome\n\
             connector: dome\nerror: null\noffsets: []\nstate: RUNNING\ntasks:\n\
             - error: null\n  state: RUNNING\n  task: 0\n  trace: null\n  worker: {worker}\n\
             topics: []\ntrace: null\ntype: source\nworker: {worker}\n"
        ))
        .success();
}

#[test]
fn plugins_and_their_options() {
    let bench = Bench::new();
    let file = "org.apache.kafka.connect.file.FileStream";
    bench
        .run(&["plugins", "-f", "org"])
        .stdout(&format!(
            "class                                                    type    version\n\
             {file}SinkConnector    sink    4.1.1\n\
             {file}SourceConnector  source  4.1.1\n"
        ))
        .success();
    bench
        .run(&["plugins", "--all", "--filter", ".*json"])
        .stdout(
            "class                                        type       version\n\
             org.apache.kafka.connect.json.JsonConverter  converter  4.1.1\n",
        )
        .success();
    bench
        .run(&["plugins", "FileStreamSink"])
        .stdout(
            "name  type    required  default_value  importance  documentation\n\
             file  STRING  false                    HIGH        The file.\n",
        )
        .success();
    let output = bench.run(&["plugins", "FileStreamSnk"]).stdout("").code(1);
    assert!(message(&output).ends_with(&format!("did you mean `{file}SinkConnector`?")));
}

#[test]
fn loggers_are_shown_and_set() {
    let bench = Bench::new();
    bench
        .run(&["loggers"])
        .stdout("logger           level\norg.reflections  ERROR\nroot             INFO\n")
        .success();
    bench
        .run(&["loggers", "root", "--set", "DEBUG"])
        .stdout("logger  level  result\nroot    DEBUG  set\n")
        .success();
    bench.run(&["loggers", "root"]).stdout("logger  level\nroot    DEBUG\n").success();
    let output = bench.run(&["loggers", "rot"]).stdout("").code(1);
    assert_eq!(
        message(&output),
        format!(
            "error: cannot read logger `rot` of {}: no such logger\nhelp: did you mean `root`?",
            bench.url()
        )
    );
}
