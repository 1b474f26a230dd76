//! Records that a broker refuses for good: their inputs become dead letters, all others arrive.

use crate::support::{Stack, on_each_stack};

/// A topic that takes batches of 2000 bytes; the input has a record of 5000 among small ones.
const TOO_LARGE: &str = r#"
kafka::create_topic("in-######");
kafka::create_topic("out-######", #{ config: #{ "max.message.bytes": "2000" } });
kafka::create_topic("dead-######");
let producer = kafka::producer();
let large = "";
large.pad(5000, 'x');
for number in 0..300 {
    producer.send("in-######", if number == 100 { large } else { `${number}` });
}
producer.flush();
let options = #{ group: "copy-######", to: "end", delivery: "DELIVERY" };
let done = stream::from("in-######", options).to("out-######").dead_letters("dead-######").run();
print([done.consumed, done.skipped]);
"#;

/// A compacted topic wants keys; every fiftieth record has none.
const INVALID: &str = r#"
kafka::create_topic("in-######");
kafka::create_topic("out-######", #{ config: #{ "cleanup.policy": "compact" } });
kafka::create_topic("dead-######");
let producer = kafka::producer();
for number in 0..300 {
    let key = if number % 50 == 0 { () } else { `${number}` };
    producer.send("in-######", #{ key: key, value: `${number}` });
}
producer.flush();
let options = #{ group: "copy-######", to: "end", delivery: "DELIVERY" };
let done = stream::from("in-######", options).to("out-######").dead_letters("dead-######").run();
print([done.consumed, done.skipped]);
"#;

/// What arrived: the numbers of the output in the order of their first arrival, and what the dead
/// letters say.
const ARRIVED: &str = r#"
let level = #{ "isolation.level": "read_committed" };
let read = |topic| kafka::consumer(topic, #{ to: "end", config: level }).read_all();
let expected = [];
for number in 0..300 { if !(LOST) { expected.push(`${number}`); } }
let found = [];
for record in read.call("out-######") {
    // What was written behind a refused record is written again at least once.
    if DELIVERY_IS_EXACT || !found.contains(record.value) { found.push(record.value); }
}
print(found == expected);
let letters = [];
for letter in read.call("dead-######") {
    let headers = letter.headers;
    let error = "__connect.errors.";
    let text = `${headers[error + "offset"]}, ${letter.original.value.len()} characters, ${
        headers[error + "class.name"]}: ${headers[error + "exception.message"]}`;
    if DELIVERY_IS_EXACT || !letters.contains(text) { letters.push(text); }
}
for letter in letters { print(letter); }
"#;

fn both(stack: &Stack, copy: &str, lost: &str, letters: &str) {
    for (number, delivery) in ["at-least-once", "exactly-once"].iter().enumerate() {
        let exact = (number == 1).to_string();
        let script = format!("{copy}{ARRIVED}")
            .replace("DELIVERY_IS_EXACT", &exact)
            .replace("DELIVERY", delivery)
            .replace("LOST", lost)
            .replace("######", &format!("{number}-######"));
        let expected =
            format!("[300, 0]\ntrue\n{letters}").replace("######", &format!("{number}-######"));
        stack.script(&stack.tagged(&script)).stdout(&stack.tagged(&expected)).success();
    }
}

/// One line tells of the first of them, however often its transaction is made again, and nobody rests
/// meanwhile: no service is at fault.
#[test]
fn a_refused_record_is_told_once() {
    let script = r#"
        kafka::create_topic("in");
        kafka::create_topic("out", #{ config: #{ "cleanup.policy": "compact" } });
        kafka::create_topic("dead");
        let producer = kafka::producer();
        for number in 0..40 {
            let key = if number % 5 == 0 { () } else { `${number}` };
            producer.send("in", #{ key: key, value: `${number}` });
        }
        producer.flush();
        let options = #{ group: "copy", to: "end", delivery: "exactly-once" };
        let done = stream::from("in", options).to("out").dead_letters("dead").run();
        print([done.consumed, done.dead_letters]);
        // Pauses that double up to five seconds would take a minute.
        if done.seconds > 50.0 { print(done.seconds); }
    "#;
    let told = " WARN in[0]@0 is a dead letter: the broker refused it: broker failed to validate \
                record\n";
    Stack::new().script(script).stdout("[40, 8]\n").stderr(told).success();
}

on_each_stack! {
    /// The others fit, but not together in one batch: no batch is refused for their sake for ever.
    fn a_record_that_is_too_large_for_its_topic_is_a_dead_letter(stack: &Stack) {
        let letter = "100, 5000 characters, produce out-######: the broker refused it: the record \
                      is larger than the limit\n";
        both(stack, TOO_LARGE, "number == 100", letter);
    }

    /// Kafka names the bad records of a batch, the embedded broker does not.
    fn a_record_without_the_key_that_its_topic_wants_is_a_dead_letter(stack: &Stack) {
        let letter = |number: usize| {
            let digits = number.to_string().len();
            format!(
                "{number}, {digits} characters, produce out-######: the broker refused it: broker \
                 failed to validate record\n"
            )
        };
        let letters: String = (0..300).step_by(50).map(letter).collect();
        both(stack, INVALID, "number % 50 == 0", &letters);
    }

    /// What was wrong takes more room than the topic of the dead letters leaves.
    fn a_dead_letter_that_is_too_large_goes_without_its_message(stack: &Stack) {
        let script = r#"
            kafka::create_topic("in-######");
            kafka::create_topic("out-######");
            kafka::create_topic("dead-######", #{ config: #{ "max.message.bytes": "2000" } });
            kafka::producer().deliver("in-######", "value");
            for delivery in ["at-least-once", "exactly-once"] {
                let options = #{ group: `g-${delivery}-######`, to: "end", delivery: delivery };
                let done = stream::from("in-######", options)
                    .map(|record| { let why = "why"; why.pad(3000, '!'); throw why; })
                    .to("out-######").dead_letters("dead-######").run();
                print([done.consumed, done.dead_letters]);
            }
            for letter in kafka::consumer("dead-######", #{ to: "end" }) {
                let names = letter.headers.keys().filter(|name| name.contains("exception"));
                print([letter.value, names]);
            }
        "#;
        let letter = "[\"value\", [\"__connect.errors.exception.class.name\"]]\n";
        let expected = format!("[1, 1]\n[1, 1]\n{letter}{letter}");
        stack.script(&stack.tagged(script)).stdout(&expected).success();
    }

    /// The next run begins with that record.
    fn a_dead_letter_that_cannot_be_written_ends_the_run(stack: &Stack) {
        let script = r#"
            kafka::create_topic("in-######");
            kafka::create_topic("out-######");
            kafka::create_topic("dead-######", #{ config: #{ "max.message.bytes": "1000" } });
            let large = "x";
            large.pad(1500, 'x');
            kafka::producer().deliver("in-######", large);
            for delivery in ["at-least-once", "exactly-once"] {
                let options = #{ group: `g-${delivery}-######`, to: "end", delivery: delivery };
                try {
                    stream::from("in-######", options)
                        .map(|record| parse_int(record.value))
                        .to("out-######").dead_letters("dead-######").run();
                } catch (error) {
                    print(`${error.kind}: ${error.message}; ${error.remedy}`);
                }
                print(kafka::committed(`g-${delivery}-######`, "in-######").map(|row| row.offset));
            }
        "#;
        let line = "invalid: cannot write the dead letter of in-######[0]@0 to topic `dead-######`: \
                    the record is larger than the limit; let `dead-######` take what its inputs hold, \
                    and some hundred bytes more: raise its max.message.bytes, or message.max.bytes \
                    here\n";
        let expected = format!("{line}[()]\n{line}[()]\n");
        stack.script(&stack.tagged(script)).stdout(&stack.tagged(&expected)).success();
    }

    fn without_dead_letters_a_refused_record_ends_the_run(stack: &Stack) {
        let script = r#"
            kafka::create_topic("in-######");
            kafka::create_topic("out-######", #{ config: #{ "max.message.bytes": "1000" } });
            let large = "x";
            large.pad(1500, 'x');
            let producer = kafka::producer();
            for value in ["a", large, "b"] { producer.deliver("in-######", value); }
            for delivery in ["at-least-once", "exactly-once"] {
                let options = #{ group: `g-${delivery}-######`, to: "end", delivery: delivery };
                try {
                    stream::from("in-######", options).to("out-######").run();
                } catch (error) {
                    print(`${error.kind}: ${error.message}`);
                }
            }
        "#;
        let line = "invalid: cannot deliver what was made of in-######[0]@1 to topic `out-######`: \
                    the record is larger than the limit\n";
        stack.script(&stack.tagged(script)).stdout(&stack.tagged(&line.repeat(2))).success();
    }
}
