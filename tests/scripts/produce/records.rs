//! What is given arrives, byte for byte and in order.

use super::{SCHEMA, TOPIC, produce, reads};
use crate::support::{Stack, on_each_stack};

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
