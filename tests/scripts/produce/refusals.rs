//! What cannot be sent is named, and why.

use super::{SCHEMA, TOPIC, produce};
use crate::support::{Kafkaefd, Stack, on_each_stack};

/// The message of the error that ends `call`, and its help.
fn fails(call: Kafkaefd, code: i32, error: &str) {
    let output = call.code(code);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let message = stderr.lines().find(|line| line.starts_with("error: "));
    let help = stderr.lines().find(|line| line.starts_with("help: "));
    let lines: Vec<&str> = message.into_iter().chain(help).collect();
    assert_eq!(lines.join("\n"), error, "{stderr}");
}

on_each_stack! {
    fn a_bad_line_ends_it_and_is_named(stack: &Stack) {
        stack.script(TOPIC).success();
        let avro = ["--format", "avro", "--schema", "s.json", "-p", "0"];
        let lines = "{\"temp\":1}\n{\"temp\":\"hot\"}\n{\"temp\":3}\n";
        fails(
            produce(stack, &avro).file("s.json", SCHEMA).stdin(lines).stdout(
                "topic     partition  records  first  last\nt-######          0        1      0     0\n",
            ),
            1,
            "error: cannot send line 2 of standard input: it is no record temps: field temp: \
             expected double, got string \"hot\"",
        );
        fails(
            produce(stack, &[&avro[..], &["--keep-going"]].concat())
                .file("s.json", SCHEMA)
                .stdin(&format!("{lines}nonsense\n"))
                .stdout("topic     partition  records  first  last\nt-######          0        2      1     2\n"),
            1,
            "error: 2 of 4 records were not sent: cannot send line 2 of standard input: it is no \
             record temps: field temp: expected double, got string \"hot\"",
        );
    }

    fn what_the_broker_refuses_is_named(stack: &Stack) {
        stack.script(TOPIC).success();
        fails(
            produce(stack, &["-p", "9", "x"]).stdout(""),
            1,
            "error: cannot send value 1: the partition does not exist\n\
             help: look at its partitions with: kafkaefd admin topics list -f NAME",
        );
        let lines = format!("ok\n{}\nfine\n", "x".repeat(1_100_000));
        fails(
            produce(stack, &["-p", "0", "--keep-going"]).stdin(&lines).stdout(
                "topic     partition  records  first  last\nt-######          0        2      0     1\n",
            ),
            1,
            "error: cannot send line 2 of standard input: the record is larger than the limit\n\
             help: send less at once, or raise max.message.bytes of the topic and message.max.bytes \
             here",
        );
    }
}

#[test]
fn what_makes_no_sense_is_said_at_once() {
    let stack = Stack::new();
    stack.script(TOPIC).success();
    for (args, code, error) in [
        (
            &["--tombstone"][..],
            2,
            "error: cannot send records: a tombstone needs a key\nhelp: give `key`",
        ),
        (
            &["--tombstone", "-k", "k", "v"],
            2,
            "error: cannot send records: a tombstone has no value",
        ),
        (
            &["-k", "k", "-K", ":"],
            2,
            "error: cannot send records: a record has one key\n\
             help: give either `key` or `key_separator`",
        ),
        (
            &["--format", "envelope", "-k", "k"],
            2,
            "error: cannot send records: an envelope has its own key, value and timestamp\n\
             help: leave out `key`, `key_separator`, `tombstone` and `timestamp`",
        ),
        (
            &["--timestamp", "soon", "v"],
            2,
            "error: cannot send records: `soon` is no time\n\
             help: give milliseconds since 1970, or a time as 2026-01-31T20:15:00Z",
        ),
        (
            &["--timestamp", "0", "v"],
            2,
            "error: cannot send records: a record cannot have the timestamp 0\n\
             help: give milliseconds since 1970, 1 or more",
        ),
        (&["-H", "unit", "v"], 2, "error: cannot read --header unit: write it as NAME=TEXT"),
        (&["--file", "nope"], 1, "error: cannot read `nope`: no such file"),
        (&["--file", "."], 1, "error: cannot read `.`: it is a folder"),
        (
            &["--format", "json", "{"],
            1,
            "error: cannot send value 1: it is not JSON: EOF while parsing an object (column 1)",
        ),
        (
            &["--format", "envelope", "{\"value\":\"\",\"timestamp\":0}"],
            1,
            "error: cannot send value 1: the Kafka client cannot write the timestamp 0",
        ),
    ] {
        fails(produce(&stack, args).stdout(""), code, error);
    }
    fails(
        stack.kafkaefd().args(["produce", "t-#####", "x"]).stdout(""),
        1,
        "error: cannot produce to topic `t-#####`: topic `t-#####` does not exist\n\
         help: list the topics with: kafkaefd admin topics list",
    );
    let url = stack.registry().to_owned();
    let topic = stack.name("t");
    fails(
        produce(&stack, &["--format", "avro", "5"]).stdout(""),
        1,
        &format!(
            "error: cannot read the latest version of subject `{topic}-value` at {url}: no such \
             subject\nhelp: name another subject, give the schema itself, or register one with: \
             kafkaefd registry upload"
        ),
    );
}

#[test]
fn a_broker_that_is_not_there_is_said() {
    let call = Kafkaefd::new().args(["produce", "t", "x", "--broker", "127.0.0.1:1"]).stdout("");
    fails(
        call,
        1,
        "error: cannot produce to topic `t`: connection refused\n\
         help: check the address given with --broker (or $BROKER), and that the broker runs",
    );
}
