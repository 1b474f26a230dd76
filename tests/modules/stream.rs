//! `stream` as scripts use it.

use crate::support::Kafkaefd;

const STARTED: &str = "started an embedded broker and registry for this run; \
                       \"kafkaefd up\" keeps one for other shells\n";

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

#[test]
fn a_closure_keeps_a_pipeline_from_the_background() {
    Kafkaefd::new()
        .file("closure.rhai", "stream::from(\"a\", #{ group: \"g\" }).map(|x| x).start();\n")
        .args(["run", "closure.rhai"])
        .stdout("")
        .stderr(
            "error: cannot start a pipeline with the closure of `map`\n \
             --> closure.rhai:1:47\n  \
             |\n\
             1 | stream::from(\"a\", #{ group: \"g\" }).map(|x| x).start();\n  \
             |                                               ^\n\
             help: closures need the script's own thread: use run()\n",
        )
        .code(2);
}
