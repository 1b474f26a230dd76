//! `produce`: values, lines and envelopes into records.

use crate::support::{Kafkaefd, Stack, on_bed, on_each_stack};

/// The topic `t-######`, and the schema of its values.
const TOPIC: &str = "kafka::create_topic(\"t-######\", #{ partitions: 2 });";
const SCHEMA: &str = r#"{"type":"record","name":"temps","fields":[
    {"name":"temp","type":"double"},
    {"name":"n","type":["null","long"],"default":null},
    {"name":"raw","type":"bytes","default":""}]}"#;

fn produce(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args(["produce", "t-######"]).args(args)
}

/// What `consume` prints of the topic's partition 0.
fn reads(stack: &Stack, args: &[&str], stdout: &str) {
    let read = stack.kafkaefd().args(["consume", "t-######", "-p", "0", "--to", "end"]);
    read.args(args).stdout(stdout).stderr("").success();
}

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
    fn values_go_with_key_headers_time_and_partition(stack: &Stack) {
        stack.script(TOPIC).success();
        let args = ["hello", "", "-k", "k", "-H", "a=1", "-H", "a=x=y", "-H", "e=", "-p", "0"];
        produce(stack, &[&args[..], &["--timestamp", "2026-01-01T00:00:00Z"]].concat())
            .stdout("topic     partition  offset\nt-######          0       0\nt-######          0       1\n")
            .stderr("")
            .success();
        let rest = "\"timestamp\":1767225600000,\"key\":\"k\"";
        let headers = "\"headers\":[[\"a\",\"1\"],[\"a\",\"x=y\"],[\"e\",\"\"]]";
        let line = |offset: u8, value: &str| {
            format!("{{\"topic\":\"t-######\",\"partition\":0,\"offset\":{offset},{rest},\"value\":\"{value}\",{headers}}}\n")
        };
        reads(stack, &["--format", "envelope"], &[line(0, "hello"), line(1, "")].concat());
    }

    fn a_tombstone_has_no_value(stack: &Stack) {
        stack.script(TOPIC).success();
        produce(stack, &["--tombstone", "--key", "gone", "-p", "0"]).stderr("").success();
        reads(stack, &[], "t-######[0]@0: key gone, no value\n");
    }

    fn lines_are_values_and_may_start_with_keys(stack: &Stack) {
        stack.script(TOPIC).success();
        produce(stack, &["-p", "0"])
            .stdin("a\n\nc: d\r\nlast")
            .stdout("topic     partition  records  first  last\nt-######          0        4      0     3\n")
            .stderr("")
            .success();
        reads(stack, &["--format", "envelope", "--where", "record.offset == 2"],
            &format!("{}\n", envelope(stack, 2, "\"c: d\\r\"")));
        produce(stack, &["-p", "0", "-K", ": ", "--format", "text", "--file", "lines"])
            .file("lines", "k: v: w\r\n: \n")
            .success();
        reads(stack, &["--from", "4"], "t-######[0]@4: key k, value v: w\nt-######[0]@5: key , value \n");
    }

    fn json_becomes_avro_by_the_latest_schema(stack: &Stack) {
        stack.script(TOPIC).success();
        let register = ["registry", "upload", "t-######-value", "s.json"];
        stack.kafkaefd().file("s.json", SCHEMA).args(register).success();
        produce(stack, &["--format", "avro", "-p", "0"])
            .stdin("{\"temp\":1}\n\n{\"n\":7,\"temp\":2.5,\"raw\":\"\\u0001\\u00ff\"}\n")
            .stdout("topic     partition  records  first  last\nt-######          0        2      0     1\n")
            .stderr("")
            .success();
        reads(stack, &["--format", "avro"],
            "t-######[0]@0: value {\"temp\":1.0,\"n\":null,\"raw\":\"\"}\n\
             t-######[0]@1: value {\"temp\":2.5,\"n\":7,\"raw\":\"01ff\"}\n");
    }

    fn a_schema_file_is_registered_or_used_without_a_header(stack: &Stack) {
        stack.script(TOPIC).success();
        let avro = ["--format", "avro", "--schema", "s.json", "-p", "0"];
        let keys = ["-k", "7", "--key-format", "avro", "--key-schema", "k.json"];
        produce(stack, &[&avro[..], &keys, &["{\"temp\":1}"]].concat())
            .file("s.json", SCHEMA)
            .file("k.json", "\"long\"")
            .stderr("")
            .success();
        reads(stack, &[], "t-######[0]@0: key 7, value {\"temp\":1.0,\"n\":null,\"raw\":\"\"}\n");
        let subjects = ["registry", "list", "--filter", "t-######"];
        let call = stack.kafkaefd().args(subjects);
        call.stdout("subject\nt-######-key\nt-######-value\n").success();
        produce(stack, &["--format", "avro", "--schema", "s.json", "--no-frame", "-p", "0", "5"])
            .file("s.json", "\"long\"")
            .stderr("")
            .success();
        reads(stack, &["--from", "1", "--format", "raw"], "\n\n");
    }

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

    fn envelopes_reproduce_every_byte(stack: &Stack) {
        stack.script(TOPIC).success();
        stack.script(&format!("{ODD} odd(\"t-######\", 0);")).stderr("").success();
        stack.script("kafka::create_topic(\"u-######\");").success();
        let read = |topic: &str| {
            let args = ["consume", topic, "--to", "end", "--format", "envelope"];
            let output = stack.kafkaefd().args(args).stderr("").success();
            String::from_utf8(output.stdout).unwrap()
        };
        let lines = read("t-######");
        assert_eq!(lines.lines().count(), 6, "{lines}");
        let copy = ["produce", "u-######", "--format", "envelope"];
        stack.kafkaefd().args(copy).stdin(&lines).stderr("").success();
        let copied = read("u-######");
        assert_eq!(copied.replace(&stack.name("u"), &stack.name("t")), lines);
    }

    fn a_hundred_thousand_lines_keep_their_order(stack: &Stack) {
        stack.script("kafka::create_topic(\"t-######\");").success();
        let lines: Vec<String> = (0..=100_000).map(|n: u32| n.to_string()).collect();
        let lines = lines.join("\n");
        let lines = &lines[..lines.len() - "100000".len()];
        produce(stack, &[])
            .stdin(lines)
            .stdout("topic     partition  records  first   last\nt-######          0   100000      0  99999\n")
            .stderr("")
            .success();
        reads(stack, &["--format", "raw"], lines);
    }
}

/// The envelope of a record of `t-######` without key and headers, written now.
fn envelope(stack: &Stack, offset: u8, value: &str) -> String {
    let args = ["consume", "t-######", "-p", "0", "--from", &offset.to_string(), "--count", "1"];
    let call = stack.kafkaefd().args(args).args(["--output", "json"]).success();
    let read: serde_json::Value = serde_json::from_slice(&call.stdout).unwrap();
    format!(
        "{{\"topic\":\"t-######\",\"partition\":0,\"offset\":{offset},\"timestamp\":{},\"key\":null,\
         \"value\":{value},\"headers\":[]}}",
        read["timestamp"]
    )
}

/// A function that writes odd records: null, empty, every byte, repeated and null headers.
const ODD: &str = r#"
    fn odd(topic, partition) {
        let bytes = blob(256);
        for i in 0..256 { bytes[i] = i; }
        let p = kafka::producer();
        for record in [
            #{ key: bytes, value: bytes, headers: #{ "": bytes, "é\n": "", none: () } },
            #{ key: "", value: "" },
            #{ key: "key \u2028 \"\\", value: () },
            #{ value: `{"base64":"AA=="}` },
            #{ value: "\r\n\t\x00" },
        ] {
            record.timestamp = 1767225600000;
            record.partition = partition;
            p.deliver(topic, record);
        }
        p.send_lines(topic, #{ values: ["twice"], headers: [["a", "1"], ["b", ()], ["a", blob(1, 255)]],
            partition: partition, timestamp: 1 });
    }
"#;

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

on_bed! {
    /// Every part of a record is read by librdkafka's own tool, and by Kafka's console consumer.
    fn other_clients_read_what_is_produced(bed: &Bed) {
        let stack = bed.stack();
        stack.script(TOPIC).success();
        let args = ["v", "-k", "k", "-H", "a=1", "-H", "b=", "-p", "0", "--timestamp", "1767225600000"];
        produce(&stack, &args).success();
        produce(&stack, &["--tombstone", "-k", "gone", "-p", "0"]).success();
        let topic = bed.name("t");
        let format = "%p %o %T %k %s %S %h\\n";
        let read = bed.kcat(&["-C", "-t", &topic, "-p", "0", "-c", "1", "-f", format, "-q"]);
        assert_eq!(read, "0 0 1767225600000 k v 1 a=1,b=\n");
        let read = bed.kcat(&["-C", "-t", &topic, "-p", "0", "-o", "1", "-c", "1", "-f", "%k %S\\n", "-q"]);
        assert_eq!(read, "gone -1\n");
        let read = bed.tool(&[
            "org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server", bed.get("KAFKA"),
            "--topic", &topic, "--partition", "0", "--offset", "earliest", "--max-messages", "2",
            "--property", "print.key=true", "--property", "print.headers=true",
            "--property", "print.timestamp=true", "--property", "null.literal=NULL",
        ]);
        let mut lines = read.lines();
        assert_eq!(lines.next(), Some("CreateTime:1767225600000\ta:1,b:\tk\tv"));
        assert!(lines.next().is_some_and(|line| line.ends_with("\tgone\tNULL")), "{read}");
    }

    /// What other clients produce is read in every part.
    fn what_other_clients_produce_is_read(bed: &Bed) {
        let stack = bed.stack();
        stack.script(TOPIC).success();
        let topic = bed.name("t");
        let lines = tempfile::NamedTempFile::new().unwrap();
        let send = |text: &str, more: &[&str]| {
            std::fs::write(&lines, text).unwrap();
            let file = lines.path().to_str().unwrap();
            let args = ["-P", "-t", &topic, "-p", "0", "-K", ":", "-l", file];
            bed.kcat(&[&args[..], more].concat());
        };
        send("k:v\nempty:\n", &["-H", "a=1", "-H", "n"]);
        send("gone:\n", &["-Z"]);
        let output = stack
            .kafkaefd()
            .args(["consume", "t-######", "-p", "0", "--to", "end", "--format", "envelope"])
            .success();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let ends: Vec<&str> = stdout.lines().map(|l| &l[l.find("\"key\"").unwrap()..]).collect();
        assert_eq!(
            ends,
            [
                r#""key":"k","value":"v","headers":[["a","1"],["n",null]]}"#,
                r#""key":"empty","value":"","headers":[["a","1"],["n",null]]}"#,
                r#""key":"gone","value":null,"headers":[]}"#,
            ]
        );
    }
}
