//! `kafkaefd demo` beside what was there before; its story is tested with the README.

use crate::support::{Kafkaefd, Shell};

#[test]
fn the_demo_is_not_run_on_real_servers() {
    let output = Kafkaefd::new()
        .args(["demo", "--broker", "127.0.0.1:1", "--registry", "http://127.0.0.1:1"])
        .stdout("")
        .code(2);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.starts_with("error: cannot run the demo on real servers: it writes to them\n"));
    assert!(
        text.ends_with("help: run it on the embedded stack: kafkaefd demo --profile embedded\n")
    );
}

/// On a stack of another shell, with messages of an earlier run and one that nobody can read.
#[test]
fn the_demo_goes_on_where_an_earlier_one_ended() {
    let shell = Shell::with_stack();
    let demo = "kafkaefd demo --seconds 1 --burst 10";
    assert!(shell.run(demo).contains("\ndelivered   60 of 60, 0 dead letters\n"));
    shell.run("kafkaefd helloworld produce --topic Weather_telemetry nonsense");
    assert!(shell.run(demo).contains("\ndelivered   60 of 61, 1 dead letters\n"));
}

#[test]
fn the_demo_of_faults_shows_retries_and_duplicates() {
    Kafkaefd::new()
        .args(["demo", "faults", "--away", "0.1"])
        .stdout(
            "fault                records  requests\n\
             none                       1         1\n\
             no leader, twice           1         3\n\
             too few replicas           1         2\n\
             connection closed          1         1\n\
             answer lost                1         2\n\
             answer lost, acks 1        2         2\n\
             stopped for 0.1 s          1         1\n",
        )
        .success();
}
