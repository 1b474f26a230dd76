//! The status line of `kafkaefd up` on a terminal.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use rexpect::session::{PtySession, spawn_command};
use tempfile::TempDir;

use crate::support::{Kafkaefd, Running};

const CLEAR: &str = "\r\u{1b}[2K";

/// `kafkaefd up` on a terminal of `columns`, once it has said that it is up.
fn up(home: &Path, columns: u16) -> PtySession {
    let mut command = Command::new("sh");
    let binary = assert_cmd::cargo::cargo_bin!("kafkaefd");
    let line = format!(
        "stty rows 24 cols {columns}; exec {} up --port 0 --registry-port 0",
        binary.display()
    );
    command.args(["-c", &line]).current_dir(home).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("TERM", "xterm");
    for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"] {
        command.env(name, home);
    }
    let mut session = spawn_command(command, Some(120_000)).unwrap();
    session.exp_string("Ctrl-C stops it\r\n").unwrap();
    session
}

fn run(home: &Path, script: &str) {
    Kafkaefd::new()
        .env("XDG_RUNTIME_DIR", &home.display().to_string())
        .file("a.rhai", script)
        .args(["run", "a.rhai"])
        .stderr("")
        .success();
}

/// The process of the stack that is listed in `home`.
fn pid(home: &Path) -> u64 {
    let entry = std::fs::read_to_string(home.join("kafkaefd/default.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&entry).unwrap()["pid"].as_u64().unwrap()
}

/// Ticks of a hundredth of a second that process `pid` has worked so far.
fn ticks(pid: u64) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name of the program may hold blanks; utime and stime are the fields 14 and 15.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[test]
fn it_tells_what_the_stack_holds_and_goes_when_it_ends() {
    let home = TempDir::new().unwrap();
    let mut session = up(home.path(), 80);
    session.exp_string("0 topics  0 records  0 B  0 connections").unwrap();
    run(
        home.path(),
        "kafka::create_topic(\"orders\"); kafka::producer().deliver(\"orders\", \"a\");",
    );
    session.exp_string("\r\u{1b}[2K1 topic  1 record  ").unwrap();
    session.exp_string("0 connections").unwrap();
    run(
        home.path(),
        "let p = kafka::producer(); for i in 0..12345 { p.send(\"orders\", \"b\"); } p.flush();",
    );
    session.exp_string("1 topic  12,346 records  ").unwrap();
    session.exp_string(" KiB  ").unwrap();
    session.exp_string("0 connections").unwrap();
    session.send_control('c').unwrap();
    let rest = session.exp_eof().unwrap();
    assert!(rest.ends_with(CLEAR), "{rest:?}");
}

#[test]
fn it_fits_a_narrow_terminal() {
    let home = TempDir::new().unwrap();
    let mut session = up(home.path(), 20);
    session.exp_string("0 topics  0 records").unwrap();
    session.send_control('c').unwrap();
    let rest = session.exp_eof().unwrap();
    assert_eq!(rest.trim_start_matches("^C"), CLEAR);
}

#[test]
fn nothing_runs_while_nothing_changes() {
    let home = TempDir::new().unwrap();
    let mut session = up(home.path(), 80);
    session.exp_string("0 connections").unwrap();
    run(
        home.path(),
        "kafka::create_topic(\"orders\"); kafka::producer().deliver(\"orders\", \"a\");",
    );
    session.exp_string("1 topic  1 record  ").unwrap();
    session.exp_string("0 connections").unwrap();
    let pid = pid(home.path());
    // What is still to be done after the last client comes first, whenever the machine gets to it.
    let idle = (0..60).find(|_| {
        let before = ticks(pid);
        std::thread::sleep(Duration::from_secs(1));
        ticks(pid) - before <= 2
    });
    assert!(idle.is_some(), "more than 20 ms of work in each second without any");
    session.send_control('c').unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn a_pipe_gets_none() {
    let home = TempDir::new().unwrap();
    let mut up = Running::start(home.path(), &["up", "--port", "0", "--registry-port", "0"]);
    while up.lines(1) != ["Ctrl-C stops it"] {}
    run(home.path(), "kafka::create_topic(\"orders\");");
    let ended = up.stop("INT");
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
}
