use super::feed;
use crate::support::{Kafkaefd, Stack, on_bed, on_each_stack};

fn replay(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args(["dead-letters", "replay", "dead-######"]).args(args)
}

const NOTHING: &str = "no dead letters to send in profile custom\n";

/// Reads the last records of a topic with another client: key, value, headers, timestamp.
const PYTHON: &str = r#"
import sys
from confluent_kafka import Consumer, TopicPartition
broker, topic, start = sys.argv[1:]
consumer = Consumer({"bootstrap.servers": broker, "group.id": "none"})
consumer.assign([TopicPartition(topic, 0, int(start))])
for _ in range(4):
    message = consumer.poll(10)
    print(message.key(), message.value(), message.headers(), message.timestamp()[1])
consumer.close()
"#;

on_each_stack! {
    fn each_goes_back_once_whatever_was_chosen_before(stack: &Stack) {
        feed(stack);
        let (third, rest) = (["--where", "record.offset == 2"], ["--class", "kafkaefd.failed"]);
        let row = |class, records| format!("\
input      to         class             records
in-######  in-######  {class:<16}        {records}
");
        replay(stack, &[&third[..], &["--dry-run"]].concat())
            .stdout(&row("kafkaefd.invalid", 1))
            .stderr(" INFO nothing was sent (--dry-run)\n")
            .success();
        replay(stack, &third).stdout(&row("kafkaefd.invalid", 1)).stderr("").success();
        replay(stack, &third).stdout(NOTHING).success();
        stack
            .script("print(kafka::committed(\"dead-######.replay\", \"dead-######\"));")
            .stdout("[#{\"note\": \"2-2\", \"offset\": 0, \"partition\": 0}]\n")
            .success();
        replay(stack, &rest)
            .stdout(
                "\
input      to         class            records
in-######  in-######  kafkaefd.failed        2
",
            )
            .success();
        replay(stack, &[]).stdout(&row("kafkaefd.invalid", 1)).success();
        replay(stack, &[]).stdout(NOTHING).success();
        stack
            .script("print(kafka::committed(\"dead-######.replay\", \"dead-######\"));")
            .stdout("[#{\"note\": \"\", \"offset\": 4, \"partition\": 0}]\n")
            .success();
        let keys = r#"
            let records = kafka::consumer("in-######", #{ from: 8, to: "end" }).read_all();
            print(records.map(|record| record.key));
            print(records.map(|record| record.headers.len()));
        "#;
        let sent = "[\"k5\", \"k1\", \"k7\", \"k3\"]\n[2, 2, 2, 2]\n";
        stack.script(keys).stdout(sent).success();
    }
}

on_bed! {
    fn python_sees_the_records_as_they_were(bed: &Bed) {
        let stack = bed.stack();
        feed(&stack);
        replay(&stack, &[]).success();
        let said = bed.python(PYTHON, &[stack.broker(), &stack.name("in"), "8"]);
        let line = |i: usize, value: &str| {
            let headers = "[('raw', b'\\xfe'), ('unit', b'K')]";
            format!("b'k{i}' b'{value}' {headers} {}\n", 1_767_225_600_000_u64 + i as u64)
        };
        let all = [line(1, "bad"), line(3, "worse"), line(5, "\\xff\\xff"), line(7, "bad")];
        assert_eq!(said, all.concat());
    }
}

#[test]
fn they_may_go_elsewhere_but_not_in_a_circle() {
    let stack = Stack::new();
    feed(&stack);
    replay(&stack, &["--to", "dead-######"])
        .stderr("error: cannot send dead letters of dead-###### to dead-###### itself\n")
        .code(2);
    let output = replay(&stack, &["--to", "nowhere"]).code(1);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("`nowhere`"), "{said}");
    replay(&stack, &["--to", "out-######", "--group", "mine"]).success();
    stack.script("print(kafka::offsets(\"out-######\")[0].records);").stdout("8\n").success();
}
