//! Which folders keep data, and what is said of others.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Kafkaefd, Running};

const FREE: [&str; 6] = ["up", "--port", "0", "--registry-port", "0", "--data"];

/// `kafkaefd up --data FOLDER` fails with `message` and `remedy`.
fn refused(folder: &Path, message: &str, remedy: &str, code: i32) {
    Kafkaefd::new()
        .args(FREE)
        .args([folder])
        .stdout("")
        .stderr(&format!("error: {message}\nhelp: {remedy}\n"))
        .code(code);
}

#[test]
fn the_greeting_tells_the_folder() {
    let home = TempDir::new().unwrap();
    let mut running = Running::start(home.path(), &[&FREE[..], &["new/data"]].concat());
    let first = &running.lines(8)[0];
    assert_eq!(first, "stack `default` is up, for development only; its data lives in new/data");
    assert!(home.path().join("new/data/journal").exists());
    let ended = running.stop("INT");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}

#[test]
fn what_commands_made_is_there_after_ctrl_c() {
    let home = TempDir::new().unwrap();
    let up = || {
        let mut running = Running::start(home.path(), &[&FREE[..], &["data"]].concat());
        running.lines(8);
        running
    };
    let run = |script: &str| {
        let kafkaefd = Kafkaefd::new().env("XDG_RUNTIME_DIR", &home.path().display().to_string());
        kafkaefd.file("a.rhai", script).args(["run", "a.rhai"]).stderr("")
    };
    let running = up();
    run("let p = kafka::producer(); p.send(\"dome\", \"open\"); p.flush();
         registry::register(\"dome-value\", avro::parse(`\"string\"`));")
    .success();
    let ended = running.stop("INT");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let _running = up();
    run("print(kafka::topics().map(|t| t.name)); print(registry::subjects());
         let c = kafka::consumer(\"dome\", #{ from: \"earliest\", max: 1 });
         for record in c { print(record.value); }")
    .stdout("[\"dome\"]\n[\"dome-value\"]\nopen\n")
    .success();
}

#[test]
fn a_folder_belongs_to_one_stack_at_a_time() {
    let home = TempDir::new().unwrap();
    let mut running = Running::start(home.path(), &[&FREE[..], &["data"]].concat());
    running.lines(8);
    let (pid, data) = (running.pid(), home.path().join("data"));
    let message =
        format!("cannot keep data in {}: another kafkaefd uses it (pid {pid})", data.display());
    // Where its name is not known, and where it is.
    refused(&data, &message, "stop it, or give another folder", 1);
    Kafkaefd::new()
        .env("XDG_RUNTIME_DIR", &home.path().display().to_string())
        .args(FREE)
        .args([data.as_os_str()])
        .args(["--stack", "second"])
        .stderr(&format!(
            "error: {message}\n\
             help: it is stack `default`, which commands join; or give another folder\n"
        ))
        .code(1);
    assert_eq!(running.stop("KILL").code, None);
    let mut running = Running::start(home.path(), &[&FREE[..], &["data"]].concat());
    assert_eq!(running.lines(8).len(), 8);
}

#[test]
fn a_file_is_no_folder() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("data");
    fs::write(&file, "").unwrap();
    let message = format!("cannot keep data in {}: it is a file", file.display());
    refused(&file, &message, "give --data a new or an empty folder", 2);
}

#[test]
fn other_files_are_left_alone() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("thesis.tex"), "").unwrap();
    let message = format!("cannot keep data in {}: it holds other files", home.path().display());
    refused(home.path(), &message, "give --data a new or an empty folder", 2);
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = Path::new("/dev/null/data");
    let message = "cannot keep data in /dev/null/data: Not a directory (os error 20)";
    refused(folder, message, "give --data a folder that may be written", 1);
}
