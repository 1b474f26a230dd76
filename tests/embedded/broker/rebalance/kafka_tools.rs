//! Kafka's own tools see groups to which the embedded broker assigns.

use super::group::{Group, fill, topic};
use crate::support::{Bed, Stack, on_bed};

const GROUPS: &str = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";

/// What the groups tool prints of the broker of `stack`, without what it says of its options.
fn groups(bed: &Bed, stack: &Stack, args: &[&str]) -> Vec<Vec<String>> {
    let told = bed.tool(&[&[GROUPS, "--bootstrap-server", stack.broker()], args].concat());
    let lines = told.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

on_bed! {
    fn describes_resets_and_deletes(bed: &Bed) {
        let stack = Stack::new();
        let (name, clerks) = (stack.name("orders"), stack.name("clerks"));
        topic(&stack, &name, 2);
        fill(&stack, &name, 2, 3);
        let mut group = Group::new(&stack, &[("group.protocol", "consumer")]);
        group.join(&name);
        group.read(6);
        let told = groups(bed, &stack, &["--list", "--type", "consumer"]);
        assert_eq!(told[1..], [[clerks.as_str(), "Consumer"]]);
        assert_eq!(groups(bed, &stack, &["--list", "--type", "classic"]).len(), 1);
        let mut told = groups(bed, &stack, &["--describe", "--group", &clerks]);
        told.remove(0);
        told.sort();
        let rows: Vec<_> = told.iter().map(|row| row[1..6].join(" ")).collect();
        assert_eq!(rows, [format!("{name} 0 3 3 0"), format!("{name} 1 3 3 0")]);
        let told = groups(bed, &stack, &["--describe", "--group", &clerks, "--state"]);
        let state = told[1].join(" ");
        assert!(state.contains("uniform Stable 1"), "{state}");
        let told = groups(bed, &stack, &["--describe", "--group", &clerks, "--members", "--verbose"]);
        assert!(told[1].join(" ").contains(&format!("{name}:0,1")), "{told:?}");
        group.leave();
        let reset = ["--reset-offsets", "--to-earliest", "--topic", &name, "--execute"];
        let told = groups(bed, &stack, &[&reset[..], &["--group", &clerks]].concat());
        assert_eq!(told[1][3], "0", "{told:?}");
        let told = groups(bed, &stack, &["--delete", "--group", &clerks]);
        assert!(told[0].join(" ").contains("was successful"), "{told:?}");
        assert!(groups(bed, &stack, &["--list"]).is_empty());
    }

    fn the_console_consumer_reads_all(bed: &Bed) {
        let stack = Stack::new();
        let name = stack.name("orders");
        topic(&stack, &name, 3);
        fill(&stack, &name, 3, 5);
        let told = bed.tool(&[
            "org.apache.kafka.tools.consumer.ConsoleConsumer",
            "--bootstrap-server",
            stack.broker(),
            "--topic",
            &name,
            "--from-beginning",
            "--max-messages",
            "15",
            "--timeout-ms",
            "120000",
            "--consumer-property",
            "group.protocol=consumer",
            "--group",
            &stack.name("clerks"),
        ]);
        assert_eq!(told.lines().collect::<Vec<_>>(), ["a record"; 15]);
    }

    fn the_topics_tool_describes(bed: &Bed) {
        let stack = Stack::new();
        let name = stack.name("orders");
        topic(&stack, &name, 3);
        let tool = "org.apache.kafka.tools.TopicCommand";
        let told = bed.tool(&[tool, "--bootstrap-server", stack.broker(), "--describe"]);
        let rows = told.lines().filter(|line| line.contains("Partition: ")).count();
        assert_eq!(rows, 3, "{told}");
        assert!(told.contains(&format!("Topic: {name}")), "{told}");
    }
}
