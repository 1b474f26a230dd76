//! Signals end a run at once, with the exit code of the shell's custom.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::Kafkaefd;

/// Runs `script`, which prints a line first, and returns it with the pipe behind that line.
fn start(script: &str) -> (Child, BufReader<std::process::ChildStdout>, tempfile::TempDir) {
    let home = tempfile::TempDir::new().unwrap();
    std::fs::write(home.path().join("s.rhai"), script).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kafkaefd"))
        .args(["run", "s.rhai"])
        .env_clear()
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .current_dir(home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut String::new()).unwrap();
    (child, stdout, home)
}

/// Sends `signal` and returns the exit code, what stderr holds, and how long the end took.
fn end(mut child: Child, signal: &str) -> (Option<i32>, String, Duration) {
    let sent = Instant::now();
    let pid = child.id().to_string();
    assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    let status = child.wait().unwrap();
    let took = sent.elapsed();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    (status.code(), stderr, took)
}

/// The promise is 250 ms; a busy machine must not decide about it here.
const SOON: Duration = Duration::from_secs(120);

#[test]
fn ctrl_c_stops_a_loop() {
    let (child, _stdout, _home) = start("print(1); loop { try { let x = 1; } catch {} }");
    let (code, stderr, took) = end(child, "-INT");
    assert_eq!((code, stderr.as_str()), (Some(130), "stopped\n"));
    assert!(took < SOON, "{took:?}");
}

#[test]
fn ctrl_c_stops_a_native() {
    let (child, _stdout, _home) = start("print(1); time::sleep(600);");
    let (code, stderr, took) = end(child, "-INT");
    assert_eq!((code, stderr.as_str()), (Some(130), "stopped\n"));
    assert!(took < SOON, "{took:?}");
}

#[test]
fn a_script_cannot_catch_being_stopped() {
    let (child, _stdout, _home) =
        start("print(1); loop { try { time::sleep(600) } catch (e) { print(e) } }");
    let (code, stderr, took) = end(child, "-INT");
    assert_eq!((code, stderr.as_str()), (Some(130), "stopped\n"));
    assert!(took < SOON, "{took:?}");
}

#[test]
fn sigterm_ends_a_script_that_drains_nothing() {
    let (child, _stdout, _home) = start("print(1); loop {}");
    let (code, stderr, took) = end(child, "-TERM");
    assert_eq!((code, stderr.as_str()), (Some(143), "stopped\n"));
    assert!(took < SOON, "{took:?}");
}

/// Runs what is read from standard input, and tells it to stop before there is anything to read.
fn stopped_early(signal: &str, script: &str) -> (Option<i32>, String) {
    let home = tempfile::TempDir::new().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kafkaefd"))
        .args(["run", "-", "--stack", "own"])
        .env_clear()
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .current_dir(home.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let since = Instant::now();
    while !listens(child.id()) {
        assert!(since.elapsed() < SOON, "it does not listen for signals");
        std::thread::sleep(Duration::from_millis(5));
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let status = child.wait().unwrap();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    (status.code(), stderr)
}

/// Whether a process catches SIGTERM and SIGINT.
fn listens(pid: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = caught.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap());
    [2, 15].iter().all(|signal| caught & (1 << (signal - 1)) != 0)
}

#[test]
fn a_signal_is_heard_before_the_script_is_read() {
    let forever = "loop {}";
    assert_eq!(stopped_early("-TERM", forever), (Some(143), "stopped\n".to_owned()));
    assert_eq!(stopped_early("-INT", forever), (Some(130), "stopped\n".to_owned()));
}

#[test]
fn a_pipeline_that_was_to_start_ends_in_good_order() {
    let pipeline = r#"
        kafka::create_topic("in");
        kafka::create_topic("out");
        stream::from("in", #{ group: "g" }).to("out").run();
    "#;
    assert_eq!(stopped_early("-TERM", pipeline), (Some(0), String::new()));
    assert_eq!(stopped_early("-INT", pipeline), (Some(130), "stopped\n".to_owned()));
}

#[test]
fn a_closed_pipe_ends_a_script_quietly() {
    let (mut child, stdout, _home) = start("loop { print(\"x\") }");
    drop(stdout);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!(stderr, "");
}

#[test]
fn a_closed_pipe_does_not_hide_a_failure() {
    let script = r#"
        print("a reader");
        kafka::create_topic("a");
        kafka::create_topic("b");
        kafka::producer().deliver("a", "1");
        // It stops in good order, and the script goes on.
        let pipeline = stream::from("a", #{ group: "g", to: "end" });
        pipeline.map(|record| { print("gone"); record }).to("b").run();
        throw "the table is full";
    "#;
    let (mut child, stdout, _home) = start(script);
    drop(stdout);
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert!(stderr.contains("error: the table is full\n --> s.rhai:9:9\n"), "{stderr}");
}

#[test]
fn debug_goes_to_stderr_with_its_place() {
    Kafkaefd::new()
        .file("s.rhai", "print(1);\ndebug(2);\n")
        .args(["run", "s.rhai"])
        .stdout("1\n")
        .stderr("s.rhai:2:1: 2\n")
        .success();
}
