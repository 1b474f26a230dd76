use super::reader::{Reader, disorder, numbers};
use crate::support::{Stack, on_each_stack};

/// Writes numbers into three partitions and copies them; the words among them are dead letters.
const COPY: &str = r#"
for topic in ["in", "out", "dead"] {
    kafka::create_topic(`${topic}-######`, #{ partitions: 3 });
}
let producer = kafka::producer();
for number in 0..3000 {
    producer.send("in-######", #{ key: `${number}`, value: `${number}` });
    if number % 300 == 0 {
        producer.send("in-######", #{ key: `${number}`, value: `word ${number}` });
    }
}
producer.flush();
let options = #{
    group: "copy-######", to: "end", delivery: "exactly-once", transaction_records: 100, workers: 3,
};
for run in 0..2 {
    let done = stream::from("in-######", options)
        .map(|record| #{ value: `${parse_int(record.value)}` })
        .to("out-######")
        .dead_letters("dead-######")
        .run();
    print([done.consumed, done.produced, done.dead_letters]);
}
"#;

/// The first run ends in the middle of a transaction, with a fault that no retry helps against.
const ENDS: &str = r#"
for topic in ["in", "out", "dead"] { kafka::create_topic(`${topic}-######`); }
let producer = kafka::producer();
for value in ["0", "word", "1", "2"] { producer.send("in-######", value); }
producer.flush();
let options = #{ group: "ends-######", to: "end", delivery: "exactly-once" };
let pipeline = stream::from("in-######", options)
    .map(|record| #{ value: `${parse_int(record.value)}` })
    .to(|record| if BREAK && record.value == "2" { "in-######" } else { "out-######" })
    .dead_letters("dead-######");
print(pipeline.run().consumed);
"#;

on_each_stack! {
    /// Each record once, in the order of its partition; a second run finds nothing to do.
    fn a_batch_is_copied_once(stack: &Stack) {
        Reader::run(stack, |reader| {
            stack.script(&stack.tagged(COPY)).stdout("[3010, 3000, 10]\n[0, 0, 0]\n").success();
            let out = reader.committed(&stack.name("out"));
            assert_eq!(numbers(&out), (0..3000).collect::<Vec<u64>>());
            assert_eq!(disorder(&out), "");
            assert_eq!(reader.committed(&stack.name("dead")).len(), 10);
            assert_eq!(reader.uncommitted(&stack.name("out")).len(), 3000, "nothing was aborted");
        });
    }

    /// What was finished before an error is committed, with its dead letters, and what comes behind
    /// it is not lost.
    fn a_run_that_fails_commits_what_was_done(stack: &Stack) {
        Reader::run(stack, |reader| fails_and_goes_on(stack, reader));
    }
}

fn fails_and_goes_on(stack: &Stack, reader: &Reader<'_>) {
    let script = stack.tagged(ENDS);
    let topic = stack.name("in");
    let told = format!(
        "error: cannot write to topic `{topic}`: this pipeline reads it, so it would never end\n"
    );
    let failed = stack.script(&script.replace("BREAK", "true")).code(2);
    let stderr = String::from_utf8(failed.stderr).unwrap();
    assert!(stderr.contains(&told), "{stderr}");
    assert_eq!(numbers(&reader.committed(&stack.name("out"))), [0, 1]);
    assert_eq!(reader.committed(&stack.name("dead")), [(0, "word".to_owned())]);
    let (_, again) = script.split_once("let options").unwrap();
    let again = format!("let options{again}").replace("BREAK", "false");
    stack.script(&again).stdout("1\n").success();
    assert_eq!(numbers(&reader.committed(&stack.name("out"))), [0, 1, 2]);
    assert_eq!(reader.committed(&stack.name("dead")).len(), 1);
}
