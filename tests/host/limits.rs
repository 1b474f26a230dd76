//! What an engine does not let a script do.

use std::time::{Duration, Instant};

/// How long `script` goes on after it is cancelled; it prints when it is under way.
fn stopped(script: &str) -> Duration {
    let context = super::context();
    let mut engine = kafkaefd::host::build(&context);
    let (started, under_way) = std::sync::mpsc::channel();
    engine.on_print(move |_| started.send(()).unwrap());
    let script = format!("print(1); {script}");
    let run = std::thread::spawn(move || engine.run(&script).is_err());
    under_way.recv().unwrap();
    let cancelled = Instant::now();
    context.cancel().cancel();
    assert!(run.join().unwrap(), "it ended by itself");
    cancelled.elapsed()
}

#[test]
fn a_loop_is_stopped_by_cancel() {
    let scripts =
        ["loop {}", "loop { try { loop {} } catch {} }", "while true { time::sleep(0.02) }"];
    for script in scripts {
        let took = stopped(script);
        // The promise is 250 ms; a busy machine must not decide about it here.
        assert!(took < Duration::from_secs(120), "{script}: {took:?}");
    }
}

#[test]
fn bombs_are_refused() {
    for (script, message) in [
        ("fn f() { f() } f()", "functions call each other too deep: more than 64 levels"),
        ("let s = \"x\"; loop { s += s; }", "length of string too large"),
        ("let a = [1]; loop { a += a; }", "size of array/BLOB too large"),
        ("eval(\"1\")", "syntax error: reserved keyword 'eval' is disabled"),
    ] {
        let output = crate::support::Kafkaefd::new().args(["run", "-"]).stdin(script).code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        let first = text.lines().next().unwrap();
        assert!(first.starts_with(&format!("error: {message}")), "{script}: {text}");
    }
}
