//! Pipelines that run, and their options.

use crate::support::{Kafkaefd, Running, Stack};

const STARTED: &str =
    "started an embedded stack for this run; \"kafkaefd up\" keeps one for other shells\n";

/// A client that does not close would say so on stderr.
#[test]
fn a_pipeline_in_the_background_moves_records_until_it_is_stopped() {
    Kafkaefd::new()
        .file(
            "background.rhai",
            r#"
            for topic in ["near", "far"] { kafka::create_topic(topic); }
            let mover = stream::from("near", #{ group: "mover" }).to("far").start();
            kafka::producer().deliver("near", "one record");
            print(kafka::consumer("far").read().value);
            let done = mover.stop();
            print([done.consumed, done.produced]);
            print(mover.stop().consumed);
            "#,
        )
        .args(["run", "background.rhai"])
        .stdout("one record\n[1, 1]\n0\n")
        .stderr(STARTED)
        .success();
}

/// They have the functions of the script, what they captured, and a state, on two worker threads.
#[test]
fn closures_run_in_the_background_as_they_do_otherwise() {
    Kafkaefd::new()
        .file(
            "background.rhai",
            r#"
            fn louder(text) { text.to_upper() }
            fn main() {
                for topic in ["near", "far", "dead"] { kafka::create_topic(topic); }
                let mark = "!";
                let mover = stream::from("near", #{ group: "mover", workers: 2 })
                    .map(|record, state| {
                        state.seen += 1;
                        if record.value == "bad" { throw "so bad"; }
                        #{ value: `${state.seen} ${louder(record.value)}${mark}` }
                    }, #{ seen: 0 })
                    .filter(|record| record.value != "2 TWO!")
                    .branch(#{ far: |record| true })
                    .dead_letters("dead")
                    .start();
                mark = "?";
                for value in ["one", "two", "bad", "three"] { kafka::producer().deliver("near", value); }
                print(kafka::consumer("far", #{ max: 2 }).read_all().map(|record| record.value));
                let done = mover.stop();
                print([done.consumed, done.produced, done.dead_letters]);
            }
            "#,
        )
        .args(["run", "background.rhai"])
        .stdout("[\"1 ONE!\", \"3 THREE!\"]\n[4, 2, 1]\n")
        .success();
}

fn refuses(option: &str, why: &str) {
    let line = format!("stream::from(\"a\", #{{ group: \"g\", {option} }});");
    let run = Kafkaefd::new().file("s.rhai", &line).args(["run", "s.rhai"]);
    let text = String::from_utf8(run.stdout("").code(2).stderr).unwrap();
    let said = format!("error: cannot read the options of stream::from: {why}\n");
    assert!(text.starts_with(&said), "{text}");
}

#[test]
fn options_out_of_their_range_are_refused() {
    refuses("drain: 3601", "`drain` is 0 to 3600 seconds");
    refuses("drain: 1e10 ", "`drain` is 0 to 3600 seconds");
    refuses("dead_letter_share: 2", "`dead_letter_share` is 0 to 1");
    let whole = "print(stream::from(\"a\", #{ group: \"g\", drain: 3600, dead_letter_share: 1 }));";
    let run = Kafkaefd::new().file("s.rhai", whole).args(["run", "s.rhai"]);
    run.stdout("a\n").stderr("").success();
}

#[test]
fn what_a_closure_makes_of_being_stopped_does_not_count() {
    let stack = Stack::new();
    let make = r#"for topic in ["in", "out", "dead"] { kafka::create_topic(topic); }
        kafka::producer().deliver("in", "good");"#;
    stack.script(make).success();
    let home = tempfile::TempDir::new().unwrap();
    let script = r#"
        fn slowly(record) {
            print("working");
            try { time::sleep(600); } catch (e) { throw "gave up"; }
            record
        }
        stream::from("in", #{ group: "g" }).map(|record| slowly(record)).dead_letters("dead")
            .to("out").run();
    "#;
    std::fs::write(home.path().join("t.rhai"), script).unwrap();
    let mut running = Running::start(home.path(), &["run", "--broker", stack.broker(), "t.rhai"]);
    assert_eq!(running.lines(1), ["working"]);
    let ended = running.stop("TERM");
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    let rest = r#"
        let done = stream::from("in", #{ group: "g", to: "end" }).dead_letters("dead").to("out").run();
        print([done.consumed, done.produced]);
        print(kafka::consumer("dead", #{ to: "end" }).read_all().len());
    "#;
    stack.script(rest).stdout("[1, 1]\n0\n").success();
}
