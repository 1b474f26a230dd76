//! `kafkaefd up`, and how commands find its stack.

use std::net::TcpListener;

use tempfile::TempDir;

use crate::support::{Kafkaefd, Running};

const FREE: [&str; 4] = ["--port", "0", "--registry-port", "0"];
const TOPICS: &str = "print(kafka::topics());";
const OWN: &str =
    "started an embedded stack for this run; \"kafkaefd up\" keeps one for other shells\n";

/// Starts a stack on free ports and returns it with its broker's address and registry's URL.
fn up(home: &TempDir, args: &[&str]) -> (Running, String, String) {
    let mut running = Running::start(home.path(), &[&["up"], &FREE[..], args].concat());
    let lines = running.lines(8);
    let last = |line: &String| line.split(' ').next_back().unwrap().to_owned();
    (running, last(&lines[1]), last(&lines[2]))
}

/// A command that looks for stacks where `home` lists them.
fn beside(home: &TempDir) -> Kafkaefd {
    Kafkaefd::new().env("XDG_RUNTIME_DIR", &home.path().display().to_string())
}

#[test]
fn it_prints_where_it_is_and_three_lines_to_copy() {
    let home = TempDir::new().unwrap();
    let mut running =
        Running::start(home.path(), &[&["up", "--stack", "mine"], &FREE[..]].concat());
    let lines = running.lines(8);
    let broker = lines[1].strip_prefix("  broker    ").unwrap();
    let registry = lines[2].strip_prefix("  registry  ").unwrap();
    assert!(broker.starts_with("127.0.0.1:") && registry.starts_with("http://127.0.0.1:"));
    let expected = format!(
        "stack `mine` is up, for development only; its data lives in memory\n  \
           broker    {broker}\n  \
           registry  {registry}\n\
         in another shell:\n  \
           kafkaefd admin topics list --stack mine\n  \
           kafkaefd repl --stack mine\n  \
           kcat -b {broker} -L\n\
         Ctrl-C stops it"
    );
    assert_eq!(lines.join("\n"), expected);
}

#[test]
fn signals_stop_it_cleanly() {
    for signal in ["INT", "TERM", "HUP"] {
        let home = TempDir::new().unwrap();
        let (running, ..) = up(&home, &[]);
        assert!(home.path().join("kafkaefd/default.json").exists());
        let ended = running.stop(signal);
        assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
        assert!(!home.path().join("kafkaefd/default.json").exists());
    }
}

#[test]
fn commands_of_other_shells_join_it() {
    let home = TempDir::new().unwrap();
    let (_running, _, registry) = up(&home, &[]);
    let make = "registry::register(\"seen-value\", avro::parse(`\"string\"`)); \
                print(registry::url());";
    let run = |text| beside(&home).file("a.rhai", text).args(["run", "a.rhai"]).stderr("");
    run(make).stdout(&format!("{registry}\n")).success();
    run("print(registry::subjects());").stdout("[\"seen-value\"]\n").success();
}

#[test]
fn commands_join_a_named_stack_only_when_told() {
    let home = TempDir::new().unwrap();
    let (_running, _, registry) = up(&home, &["--stack", "mine"]);
    let url = "print(registry::url());";
    let run = || beside(&home).file("a.rhai", url).args(["run", "a.rhai"]);
    run().args(["--stack", "mine"]).stdout(&format!("{registry}\n")).stderr("").success();
    run().env("KAFKAEFD_STACK", "mine").stdout(&format!("{registry}\n")).stderr("").success();
    run().stderr(OWN).success();
}

#[test]
fn a_run_has_its_own_stack_where_none_runs() {
    let home = TempDir::new().unwrap();
    let run = |text| beside(&home).file("a.rhai", text).args(["run", "a.rhai"]);
    run(TOPICS).stdout("[]\n").stderr(OWN).success();
    let left: Vec<_> = std::fs::read_dir(home.path().join("kafkaefd")).unwrap().collect();
    assert_eq!(left.len(), 1, "only the lock of the list is left: {left:?}");
    run("print(1);").stdout("1\n").stderr("").success();
}

#[test]
fn a_run_has_its_own_stack_beside_others_when_told() {
    let home = TempDir::new().unwrap();
    let (_running, _, registry) = up(&home, &[]);
    let text = format!("print(registry::url() == \"{registry}\");");
    let run = || beside(&home).file("a.rhai", &text).args(["run", "a.rhai"]);
    run().stdout("true\n").stderr("").success();
    run().args(["--stack", "own"]).stdout("false\n").stderr(OWN).success();
    beside(&home)
        .args(["up", "--stack", "own"])
        .stdout("")
        .stderr(
            "error: cannot start stack `own`: it is the one that a run has for itself\n\
             help: give another --stack name\n",
        )
        .code(2);
}

#[test]
fn an_own_stack_has_a_private_name() {
    let home = TempDir::new().unwrap();
    let text = "kafka::topics(); print(\"ready\"); time::sleep(600);";
    std::fs::write(home.path().join("a.rhai"), text).unwrap();
    let mut first = Running::start(home.path(), &["run", "a.rhai"]);
    assert_eq!(first.lines(1), ["ready"]);
    let name = format!("run-{}", first.pid());
    assert!(home.path().join(format!("kafkaefd/{name}.json")).exists());
    beside(&home).file("a.rhai", TOPICS).args(["run", "a.rhai"]).stderr(OWN).success();
    let joined = beside(&home).file("a.rhai", TOPICS).args(["run", "a.rhai", "--stack", &name]);
    joined.stdout("[]\n").stderr("").success();
    let (running, ..) = up(&home, &[]);
    assert_eq!(running.stop("INT").code, Some(0), "`default` is free beside it");
    assert_eq!(first.stop("INT").code, Some(130));
}

#[test]
fn two_stacks_run_side_by_side() {
    let home = TempDir::new().unwrap();
    let (first, one, _) = up(&home, &[]);
    let (second, other, _) = up(&home, &["--stack", "second"]);
    assert_ne!(one, other);
    let run = |text: &str, stack: &str| {
        let run = beside(&home).file("a.rhai", text).args(["run", "a.rhai", "--stack", stack]);
        run.stderr("")
    };
    for stack in ["default", "second"] {
        run(&format!("kafka::create_topic(\"of-{stack}\");"), stack).success();
    }
    for stack in ["default", "second"] {
        let names = "print(kafka::topics().map(|topic| topic.name));";
        run(names, stack).stdout(&format!("[\"of-{stack}\"]\n")).success();
    }
    assert_eq!(first.stop("INT").code, Some(0));
    run("print(kafka::topics().len());", "second").stdout("1\n").success();
    assert_eq!(second.stop("INT").code, Some(0));
}

#[test]
fn a_stack_that_does_not_run_cannot_be_joined() {
    Kafkaefd::new()
        .file("a.rhai", "print(1);\nkafka::topics();\n")
        .args(["run", "a.rhai", "--stack", "mine"])
        .stdout("1\n")
        .code(1);
}

#[test]
fn a_name_is_given_once() {
    let home = TempDir::new().unwrap();
    let (running, broker, _) = up(&home, &[]);
    let pid = running.pid();
    beside(&home)
        .args(["up"])
        .stdout("")
        .stderr(&format!(
            "error: cannot start stack `default`: it runs already (pid {pid}, {broker})\n\
             help: commands join it; give another --stack name to start one more\n"
        ))
        .code(1);
}

#[test]
fn a_taken_port_names_the_stack_that_holds_it() {
    let home = TempDir::new().unwrap();
    let (running, broker, _) = up(&home, &[]);
    let (pid, port) = (running.pid(), broker.rsplit(':').next().unwrap());
    beside(&home)
        .args(["up", "--stack", "second", "--registry-port", "0", "--port", port])
        .stdout("")
        .stderr(&format!(
            "error: cannot start the embedded broker on {broker}: the port is taken\n\
             help: stack `default` (pid {pid}) holds it; \
             give --port 0 --registry-port 0 for free ones\n"
        ))
        .code(1);
}

#[test]
fn a_port_that_another_program_holds_is_named() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port().to_string();
    let program = std::fs::read_to_string("/proc/self/comm").unwrap();
    let (program, pid) = (program.trim_end(), std::process::id());
    for (server, option, other) in
        [("broker", "--port", "--registry-port"), ("registry", "--registry-port", "--port")]
    {
        Kafkaefd::new()
            .args(["up", other, "0", option, &port])
            .stdout("")
            .stderr(&format!(
                "error: cannot start the embedded {server} on 127.0.0.1:{port}: the port is taken\n\
                 help: `{program}` (pid {pid}) holds it; \
                 stop it, or give {option} 0 for a free one\n"
            ))
            .code(1);
    }
}

#[test]
fn a_killed_stack_is_forgotten() {
    let home = TempDir::new().unwrap();
    let (running, ..) = up(&home, &[]);
    assert_eq!(running.stop("KILL").code, None);
    assert!(home.path().join("kafkaefd/default.json").exists());
    beside(&home).file("a.rhai", TOPICS).args(["run", "a.rhai"]).stderr(OWN).success();
    let (running, ..) = up(&home, &[]);
    assert_eq!(running.stop("INT").code, Some(0));
}

#[test]
fn a_full_stack_refuses_records_and_says_so() {
    let home = TempDir::new().unwrap();
    let (_running, ..) = up(&home, &["--max-memory", "100KiB"]);
    let fill = "let p = kafka::producer(); let large = \"\"; large.pad(60000, 'x');
                try { for i in 0..3 { p.send(\"dome\", large); p.flush(); } }
                catch (err) { print(err.message); }";
    beside(&home)
        .file("a.rhai", fill)
        .args(["run", "a.rhai"])
        .stderr("")
        .stdout(
            "cannot deliver a record to topic `dome`: the broker's policy forbids it, or the \
             memory of the embedded broker is full (kafkaefd up --max-memory)\n",
        )
        .success();
}

#[test]
fn a_size_is_a_number_and_a_unit() {
    Kafkaefd::new()
        .args(["up", "--max-memory", "12XB"])
        .stdout("")
        .stderr(
            "error: invalid value '12XB' for '--max-memory <SIZE>': a size is a whole number with \
             B, KiB, MiB or GiB: 512MiB\n\nFor more information, try '--help'.\n",
        )
        .code(2);
}
