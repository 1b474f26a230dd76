//! What closures remember, and what they share.

use crate::support::{Stack, on_each_stack};

on_each_stack! {
    fn each_partition_has_a_state_of_its_own(stack: &Stack) {
        let script = r#"
            kafka::create_topic("in-######", #{ partitions: 3 });
            kafka::create_topic("out-######");
            let producer = kafka::producer();
            for i in 0..9 { producer.send("in-######", #{ partition: i % 3, value: `${i}` }); }
            producer.flush();
            stream::from("in-######", #{ group: "in-######", to: "end" })
                .filter(|record, state| { state.seen += 1; state.seen != 2 }, #{ seen: 0 })
                .flat_map(|record, state| {
                    state.values.push(record.value);
                    [#{ value: state.values }]
                }, #{ values: [] })
                .to("out-######").run();
            let values = kafka::consumer("out-######", #{ to: "end" }).read_all().map(|r| r.value);
            values.sort();
            print(values);
        "#;
        stack
            .script(script)
            .stdout(
                "[\"[\\\"0\\\",\\\"6\\\"]\", \"[\\\"0\\\"]\", \"[\\\"1\\\",\\\"7\\\"]\", \
                 \"[\\\"1\\\"]\", \"[\\\"2\\\",\\\"8\\\"]\", \"[\\\"2\\\"]\"]\n",
            )
            .success();
    }

    /// The second record is bad behind the closure, the third in it.
    fn what_a_record_changed_that_does_not_get_through_is_taken_back(stack: &Stack) {
        let script = r#"
            for topic in ["in", "out", "dead"] { kafka::create_topic(`${topic}-######`); }
            for value in ["1", "2", "3", "4"] { kafka::producer().deliver("in-######", value); }
            stream::from("in-######", #{ group: "in-######", to: "end" })
                .map(|record, state| {
                    state.sum += record.value.parse_int();
                    if record.value == "3" { throw "three" }
                    #{ value: `${state.sum}` , headers: #{ was: record.value } }
                }, #{ sum: 0 })
                .map(|record| if record.headers.was == "2" { throw "two" } else { record })
                .to("out-######").dead_letters("dead-######").run();
            print(kafka::consumer("out-######", #{ to: "end" }).read_all().map(|r| r.value));
        "#;
        stack.script(script).stdout("[\"1\", \"5\"]\n").success();
    }

    /// Four threads with four partitions, which hand their records to one producer and one metric.
    fn threads_copy_what_is_captured_and_share_what_handles_are_of(stack: &Stack) {
        let script = r#"
            for topic in ["in", "out", "side"] {
                kafka::create_topic(`${topic}-######`, #{ partitions: 4 });
            }
            let producer = kafka::producer();
            for i in 0..400 { producer.send("in-######", #{ partition: i % 4, value: `${i}` }); }
            producer.flush();
            let seen = metrics::counter("seen_total", "Records seen");
            let count = 0;
            let kept = #{ values: [], add: |n| n + count };
            let done = stream::from("in-######", #{ group: "in-######", to: "end", workers: 4 })
                .map(|record| {
                    count += 1;
                    kept.values.push(count);
                    seen.inc();
                    producer.send("side-######", kept.add.call(0).to_string());
                    #{ value: [count, kept.values] }
                })
                .to("out-######").run();
            producer.flush();
            print([done.produced, seen.value, count, kept.values]);
            for topic in ["out", "side"] {
                let all = kafka::consumer(`${topic}-######`, #{ to: "end" }).read_all();
                let values = all.map(|record| record.value);
                values.dedup();
                print([all.len(), values]);
            }
        "#;
        stack
            .script(script)
            .stdout("[400, 400.0, 0, []]\n[400, [\"[1,[1]]\"]]\n[400, [\"0\"]]\n")
            .success();
    }
}

#[test]
fn a_closure_that_captures_itself_is_refused() {
    let stack = Stack::new();
    let script = r#"
        kafka::create_topic("in");
        let again = ();
        again = |n| if n == 0 { 0 } else { again.call(n - 1) };
        try { stream::from("in", #{ group: "g", to: "end" }).map(|r| again.call(3)).run(); }
        catch (err) { print(err.message); print(err.remedy); }
    "#;
    stack
        .script(script)
        .stdout(
            "cannot copy what a closure captured: it captures itself, or is nested too deep\n\
             make it a function: fn name(x)\n",
        )
        .success();
}
