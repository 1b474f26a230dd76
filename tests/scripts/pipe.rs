//! `pipe`: a topic copied to another.

use crate::support::{Stack, on_each_stack};

/// The topics `t-######` with six odd records, and `u-######`.
const TOPICS: &str = r#"
    kafka::create_topic("t-######"); kafka::create_topic("u-######");
    let p = kafka::producer();
    for i in 0..4 {
        p.deliver("t-######", #{ key: `k${i}`, value: `${i}`, timestamp: 1767225600000 + i,
            headers: #{ n: `${i}` } });
    }
    p.deliver("t-######", #{ key: blob(2, 255), timestamp: 1767225600004 });
    p.send_lines("t-######", #{ values: [blob(3, 200)], timestamp: 1767225600005,
        headers: [["a", "1"], ["b", ()], ["a", ""]] });"#;

/// The envelopes of a topic, without its name.
fn read(stack: &Stack, base: &str) -> Vec<String> {
    let name = stack.name(base);
    let args = ["consume", &name, "--to", "end", "--format", "envelope"];
    let output = stack.kafkaefd().args(args).success();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.replace(&name, "T")).collect()
}

fn pipe(stack: &Stack, args: &[&str], counts: [usize; 3]) {
    let call = stack.kafkaefd().args(["pipe", "t-######", "u-######"]).args(args);
    let output = call.args(["--output", "json"]).stderr("").success();
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = ["consumed", "produced", "skipped"].map(|key| rows[0][key].as_u64().unwrap());
    assert_eq!(found, counts.map(|count| count as u64));
}

on_each_stack! {
    fn every_part_stays(stack: &Stack) {
        stack.script(TOPICS).stderr("").success();
        pipe(stack, &["--to", "end"], [6, 6, 0]);
        let copied = read(stack, "u");
        assert_eq!(copied.len(), 6);
        assert_eq!(copied, read(stack, "t"));
    }

    fn records_are_chosen(stack: &Stack) {
        stack.script(TOPICS).stderr("").success();
        pipe(stack, &["--from", "1", "--to", "-2", "--where", "record.value != \"2\""], [3, 2, 1]);
        pipe(stack, &["--count", "1"], [1, 1, 0]);
        let body = |line: &String| line[line.find("\"timestamp\"").unwrap()..].to_owned();
        let all: Vec<String> = read(stack, "t").iter().map(body).collect();
        let copied: Vec<String> = read(stack, "u").iter().map(body).collect();
        assert_eq!(copied, [&*all[1], &*all[3], &*all[0]]);
    }

    fn a_group_goes_on_where_it_left_off(stack: &Stack) {
        stack.script(TOPICS).stderr("").success();
        pipe(stack, &["--group", "g-######", "--count", "2"], [2, 2, 0]);
        pipe(stack, &["--group", "g-######", "--to", "end", "--where", "record.offset != 4"], [4, 3, 1]);
        let (all, copied) = (read(stack, "t"), read(stack, "u"));
        assert_eq!(copied[..4], all[..4]);
        assert_eq!(copied.len(), 5);
    }

    fn what_does_not_exist_is_said(stack: &Stack) {
        stack.script(TOPICS).stderr("").success();
        for (args, error) in [
            (["t-######", "nowhere-######"], "error: cannot produce to topic `nowhere-######`: topic `nowhere-######` does not exist\n"),
            (["nowhere-######", "u-######"], "error: cannot consume topic `nowhere-######`: topic `nowhere-######` does not exist\n"),
            (["t-######", "t-######"], "error: cannot copy t-###### to itself: it would never end\n"),
        ] {
            let call = stack.kafkaefd().args(["pipe"]).args(args).args(["--to", "end"]).stdout("");
            let code = if args[0] == args[1] { 2 } else { 1 };
            let stderr = String::from_utf8(call.code(code).stderr).unwrap();
            assert!(stderr.starts_with(&stack.tagged(error)), "{stderr}");
        }
    }
}
