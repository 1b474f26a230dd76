//! A session on a terminal: history, completion, continuation, Ctrl-C.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};
use tempfile::TempDir;

const PROMPT: &str = "kafkaefd(embedded)> ";

fn session(home: &Path) -> PtySession {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("kafkaefd"));
    command.arg("repl").current_dir(home).env_clear();
    for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        command.env(name, home);
    }
    command.env("TERM", "xterm").env("NO_COLOR", "1");
    let mut session = spawn_command(command, Some(120_000)).unwrap();
    session.exp_string("Ctrl-D leaves.").unwrap();
    session.exp_string(PROMPT).unwrap();
    session
}

fn keys(session: &mut PtySession, keys: &str) {
    session.send(keys).unwrap();
    session.flush().unwrap();
}

fn leave(mut session: PtySession) {
    session.send_control('d').unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn lines_are_kept_for_the_next_session_and_for_nobody_else() {
    let home = TempDir::new().unwrap();
    let mut first = session(home.path());
    for (line, value) in [("6 * 7", "42"), (" 100 + 1", "101")] {
        first.send_line(line).unwrap();
        first.exp_string(&format!("\r\n{value}\r\n")).unwrap();
        first.exp_string(PROMPT).unwrap();
    }
    leave(first);
    let history = home.path().join("kafkaefd/history");
    assert_eq!(fs::metadata(&history).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&history).unwrap();
    assert!(text.contains("6 * 7") && !text.contains("100"), "{text}");
    let mut second = session(home.path());
    keys(&mut second, "\x1b[A");
    second.exp_string("6 * 7").unwrap();
    second.send_line("").unwrap();
    second.exp_string("\r\n42\r\n").unwrap();
    leave(second);
}

#[test]
fn tab_offers_functions_with_their_signatures() {
    let home = TempDir::new().unwrap();
    let mut session = session(home.path());
    keys(&mut session, "kafka::p\t\t");
    session.exp_string("producer(given: map) -> Producer").unwrap();
    session.exp_string(PROMPT).unwrap(); // the line is drawn anew below the offers
    session.send_control('c').unwrap();
    session.exp_string(PROMPT).unwrap();
    keys(&mut session, "let watch = time::stopw\t");
    session.exp_string("time::stopwatch(").unwrap();
    session.send_line(")").unwrap();
    session.exp_string(PROMPT).unwrap();
    keys(&mut session, "watch.el\t");
    session.exp_string("watch.elapsed").unwrap();
    session.send_line(" < 60.0").unwrap();
    session.exp_string("\r\ntrue\r\n").unwrap();
    leave(session);
}

#[test]
fn a_line_that_is_not_complete_goes_on() {
    let home = TempDir::new().unwrap();
    let mut session = session(home.path());
    session.send_line("fn twice(n) {").unwrap();
    session.send_line("n * 2").unwrap();
    session.send_line("}").unwrap();
    session.exp_string(PROMPT).unwrap();
    session.send_line("twice(21)").unwrap();
    session.exp_string("\r\n42\r\n").unwrap();
    leave(session);
}

#[test]
fn ctrl_c_stops_the_call_and_not_the_session() {
    let home = TempDir::new().unwrap();
    let mut session = session(home.path());
    for line in ["time::sleep(600)", "loop { }", "for tick in time::every(0.01) { }"] {
        session.send_line(&format!("print(\"now\"); {line}")).unwrap();
        session.exp_string("\r\nnow\r\n").unwrap();
        session.send_control('c').unwrap();
        session.exp_string("stopped").unwrap();
        session.exp_string(PROMPT).unwrap();
    }
    session.send_line("1 + 1").unwrap();
    session.exp_string("\r\n2\r\n").unwrap();
    leave(session);
}
