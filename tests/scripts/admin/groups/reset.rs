//! `admin groups reset`.

use super::{member, orders};
use crate::support::{Kafkaefd, Stack, on_bed, on_each_stack};

fn reset(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args([&["admin", "groups", "reset", "clerks-######"], args].concat())
}

/// What the table of a reset says of the two partitions.
fn moved(before: [&str; 2], after: [&str; 2], result: &str) -> String {
    let row = |at: usize| {
        format!("orders-######          {at}  {:>6}  {:>5}  {result}\n", before[at], after[at])
    };
    format!("topic          partition  before  after  result\n{}{}", row(0), row(1))
}

on_each_stack! {
    fn to_a_place(stack: &Stack) {
        orders(stack, &[("clerks", 2)]);
        let change = |to: &str, before: &str, after: &str| {
            let table = moved([before; 2], [after; 2], "reset");
            reset(stack, &["--to", to, "--yes"]).stdout(&table).stderr("").success();
        };
        change("earliest", "2", "0");
        change("latest", "0", "3");
        change("1", "3", "1");
        // Behind the end is the end.
        change("99", "1", "3");
        let table = moved(["3"; 2], ["2"; 2], "reset");
        reset(stack, &["--shift", "-1", "--yes"]).stdout(&table).success();
        let table = moved(["2"; 2], ["2"; 2], "unchanged");
        reset(stack, &["--to", "2", "--yes"]).stdout(&table).stderr("").success();
    }

    fn to_a_time(stack: &Stack) {
        stack
            .script(
                r#"
                kafka::create_topic("orders-######", #{ partitions: 2 });
                let producer = kafka::producer();
                for age in [7200, 1800] {
                    let record = #{ value: "x", timestamp: time::now() - age * 1000 };
                    for partition in 0..2 {
                        record.partition = partition;
                        producer.send("orders-######", record);
                    }
                }
                producer.flush();
                let options = #{ to: "latest", topics: "orders-######", create: true };
                kafka::reset_group("clerks-######", options);
                "#,
            )
            .success();
        let change = |to: &str, before: &str, after: &str| {
            let table = moved([before; 2], [after; 2], "reset");
            reset(stack, &["--to", to, "--yes"]).stdout(&table).stderr("").success();
        };
        change("-1h", "2", "1");
        change("2026-01-31", "1", "0");
        change("-1m", "0", "2");
        change("1970-01-01T00:00:00Z", "2", "0");
    }

    fn a_dry_run_changes_nothing(stack: &Stack) {
        orders(stack, &[("clerks", 1)]);
        let table = moved(["1"; 2], ["3"; 2], "would be reset");
        let dry = ["--to", "latest", "--dry-run"];
        reset(stack, &dry).stdout(&table).stderr("").success();
        reset(stack, &dry).stdout(&table).stderr("").success();
        reset(stack, &["--to", "latest", "-n", "--topic", "orders-######:1", "--output", "json"])
            .stdout(
                "[\n  {\n    \"topic\": \"orders-######\",\n    \"partition\": 1,\n    \
                 \"before\": 1,\n    \"after\": 3,\n    \"result\": \"would be reset\"\n  }\n]\n",
            )
            .stderr("")
            .success();
    }

    fn some_partitions_of_a_new_group(stack: &Stack) {
        orders(stack, &[]);
        let topic = ["--to", "earliest", "--topic", "orders-######:1", "--yes"];
        let output = reset(stack, &topic).stdout("").code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        let missing = "error: cannot reset group `clerks-######`: group `clerks-######` does not exist\n";
        assert!(text.starts_with(&stack.tagged(missing)), "{text}");
        reset(stack, &[&topic[..], &["--create"]].concat())
            .stdout(
                "topic          partition  before  after  result\n\
                 orders-######          1              0  reset\n",
            )
            .stderr("")
            .success();
    }

    fn an_active_group_is_left_alone(stack: &Stack) {
        orders(stack, &[("clerks", 1)]);
        let _reader = member(stack, "clerks", &[]);
        let output = reset(stack, &["--to", "latest", "--yes"]).stdout("").code(1);
        let text = String::from_utf8(output.stderr).unwrap().replace("on /127", "on 127");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            (lines[0], lines[lines.len() - 1]),
            (
                &*stack.tagged(
                    "error: cannot reset group `clerks-######`: it has 1 active member (reader on \
                     127.0.0.1)"
                ),
                "help: stop its consumers first"
            )
        );
    }

    fn what_makes_no_sense_is_refused(stack: &Stack) {
        orders(stack, &[("clerks", 1)]);
        let refused = |args: &[&str], message: &str, code: i32| {
            let output = reset(stack, args).stdout("").code(code);
            let text = String::from_utf8(output.stderr).unwrap();
            assert_eq!(text.lines().next().unwrap(), stack.tagged(message));
        };
        refused(&["-n"], "error: cannot reset a group: give one of --to and --shift", 2);
        refused(
            &["--to", "soon", "-n"],
            "error: cannot read the time `soon`: it is no RFC 3339 time and no day",
            1,
        );
        refused(
            &["--to", "1", "--topic", "orders-######:7", "-n"],
            "error: cannot reset group `clerks-######`: topic `orders-######` has no partition 7",
            2,
        );
        refused(
            &["--to", "1", "--topic", "order-######", "-n"],
            "error: cannot reset group `clerks-######`: topic `order-######` does not exist",
            1,
        );
        refused(
            &["--to", "1", "--topic", "orders-######:x", "-n"],
            "error: cannot read the topic orders-######:x: its partitions are no numbers",
            2,
        );
        // Without a terminal to ask on.
        refused(
            &["--to", "3"],
            "error: cannot ask `Reset clerks-###### in 2 partitions?`: there is no terminal",
            2,
        );
    }
}

on_each_stack! {
    /// A group to which the broker assigned (KIP-848), once its members have left.
    fn a_group_of_the_new_protocol(stack: &Stack) {
        orders(stack, &[]);
        let reader = member(stack, "clerks", &[("group.protocol", "consumer")]);
        let output = reset(stack, &["--to", "1", "--topic", "orders-######", "--yes"]).code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("it has 1 active member (reader on "), "{text}");
        drop(reader);
        reset(stack, &["--to", "1", "--topic", "orders-######", "--yes"])
            .stdout(&moved([""; 2], ["1"; 2], "reset"))
            .stderr("")
            .success();
    }
}

on_bed! {
    /// Kafka's own tool and a Python client see what was reset, and the reverse.
    fn others_see_it(bed: &Bed) {
        let stack = bed.stack();
        orders(&stack, &[("clerks", 1)]);
        reset(&stack, &["--to", "3", "--topic", "orders-######:1", "--yes"]).success();
        let (broker, group, topic) = (stack.broker(), stack.name("clerks"), stack.name("orders"));
        let tool = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
        let base = [tool, "--bootstrap-server", broker, "--group", &group];
        let told = bed.tool(&[&base[..], &["--describe"]].concat());
        let mut told: Vec<Vec<&str>> = told
            .lines()
            .filter(|line| line.starts_with(&group))
            .map(|line| line.split_whitespace().skip(2).take(2).collect())
            .collect();
        told.sort();
        assert_eq!(told, [["0", "1"], ["1", "3"]]);
        let change = ["--reset-offsets", "--to-offset", "2", "--topic", &topic, "--execute"];
        bed.tool(&[&base[..], &change].concat());
        let table = moved(["2"; 2], ["0"; 2], "would be reset");
        reset(&stack, &["--to", "earliest", "-n"]).stdout(&table).success();
    }
}
