//! Kafka's `VerifiableProducer` and `VerifiableConsumer`: two members read what one producer writes.

use std::fs::File;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::client::{Client, Deed, New};
use super::scene::{Scene, until};
use crate::support::{Bed, Stack, on_each_stack};

const RECORDS: u64 = 1000;

/// A consumer that tells in a file what it does.
struct Consumer {
    child: Child,
    said: std::path::PathBuf,
}

impl Consumer {
    fn start(stack: &Stack, bed: &Bed, assignor: &str, said: std::path::PathBuf) -> Consumer {
        let (topic, group) = (stack.name("counted"), stack.name("counters"));
        let class = format!("org.apache.kafka.clients.consumer.{assignor}");
        let mut command = Command::new(bed.get("JAVA_TOOL"));
        command.args(["org.apache.kafka.tools.VerifiableConsumer", "--topic", &topic]);
        command.args(["--bootstrap-server", stack.broker(), "--group-id", &group]);
        // It learns of a rebalance soon.
        let config = said.with_extension("properties");
        std::fs::write(&config, "heartbeat.interval.ms=200\n").unwrap();
        command.args(["--assignment-strategy", &class, "--consumer.config"]).arg(config);
        command.stdin(Stdio::null()).stdout(File::create(&said).unwrap());
        Consumer { child: command.spawn().unwrap(), said }
    }

    /// What it said of the event `name`.
    fn events(&self, name: &str) -> Vec<Value> {
        let text = std::fs::read_to_string(&self.said).unwrap();
        let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines.filter(|event| event["name"] == name).collect()
    }

    fn consumed(&self) -> u64 {
        self.events("records_consumed").iter().map(|event| event["count"].as_u64().unwrap()).sum()
    }
}

impl Drop for Consumer {
    fn drop(&mut self) {
        // The group is the test's own: nobody waits for it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn share(stack: &Stack, bed: &Bed, assignor: &str) {
    let scene = Scene::new(stack, bed, "Java tools");
    let witness: &dyn Client = scene.other(&[Deed::Create, Deed::Members]);
    let (topic, group) = (stack.name("counted"), stack.name("counters"));
    witness.create(&topic, &New::of(4)).unwrap();
    let folder = TempDir::new().unwrap();
    let start = |name: &str| Consumer::start(stack, bed, assignor, folder.path().join(name));
    let members = [start("first"), start("second")];
    until(|| witness.members(&group).unwrap_or_default(), |counts| counts == &[2, 2]);

    let count = RECORDS.to_string();
    let args = ["org.apache.kafka.tools.VerifiableProducer", "--topic", &topic, "--acks", "-1"];
    let more = ["--bootstrap-server", stack.broker(), "--max-messages", &count];
    // Keys, or all records of a moment go to one partition.
    let keys = ["--repeating-keys", "40"];
    let printed = bed.tool(&[&args[..], &more, &keys].concat());
    let done = printed.lines().find(|line| line.contains("\"tool_data\"")).unwrap();
    let done: Value = serde_json::from_str(done).unwrap();
    assert_eq!((done["sent"].as_u64(), done["acked"].as_u64()), (Some(RECORDS), Some(RECORDS)));

    // They commit what they have read.
    let behind =
        || -> i64 { witness.lag(&group).unwrap().iter().map(|lag| lag.end - lag.committed).sum() };
    until(
        || (behind(), members.each_ref().map(Consumer::consumed).iter().sum()),
        |seen| *seen == (0, RECORDS),
    );
    for member in &members {
        assert!(member.consumed() > 0 && !member.events("offsets_committed").is_empty());
    }
}

on_each_stack! {
    fn members_count_each_record_once_by_range(stack: &Stack) {
        Bed::run(|bed| share(stack, bed, "RangeAssignor"));
    }

    fn members_count_each_record_once_cooperatively(stack: &Stack) {
        Bed::run(|bed| share(stack, bed, "CooperativeStickyAssignor"));
    }
}
