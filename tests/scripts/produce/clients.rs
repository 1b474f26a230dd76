//! Other clients read what is produced, and what they produce is read.

use super::{TOPIC, produce};
use crate::support::on_bed;

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
